package io.ringtap.monitor.web.security;

import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/// How connections are encrypted.
///
/// @param context has the certificate, and whom to trust
/// @param clients what is asked of clients
/// @param protocols names as Java has them
/// @param cipherSuites empty leaves the choice to Java
/// @param curves names as Java has them; empty leaves the choice to Java
/// @param prefersServerOrder whether the server's order of cipher suites counts
public record TlsSettings(
    SSLContext context,
    ClientCertificate clients,
    List<String> protocols,
    List<String> cipherSuites,
    List<String> curves,
    boolean prefersServerOrder) {

  /// Parameters for a new connection.
  public SSLParameters parameters() {
    SSLParameters parameters = context.getDefaultSSLParameters();
    parameters.setProtocols(protocols.toArray(String[]::new));
    parameters.setUseCipherSuitesOrder(prefersServerOrder);
    if (!cipherSuites.isEmpty()) {
      parameters.setCipherSuites(cipherSuites.toArray(String[]::new));
    }
    if (!curves.isEmpty()) {
      parameters.setNamedGroups(curves.toArray(String[]::new));
    }
    if (clients.isRequired()) {
      parameters.setNeedClientAuth(true);
    } else if (clients.isAsked()) {
      parameters.setWantClientAuth(true);
    }
    return parameters;
  }
}
