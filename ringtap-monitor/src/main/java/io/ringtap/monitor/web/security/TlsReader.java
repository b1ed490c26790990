package io.ringtap.monitor.web.security;

import io.ringtap.monitor.config.yaml.Mistake;
import io.ringtap.monitor.config.yaml.Mistakes;
import io.ringtap.monitor.config.yaml.Section;
import io.ringtap.monitor.config.yaml.Values;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Reads `tls_server_config:` of a web configuration file.
final class TlsReader {
  private static final List<String> VERSIONS = List.of("TLS10", "TLS11", "TLS12", "TLS13");
  private static final Map<String, String> PROTOCOLS =
      Map.of("TLS12", "TLSv1.2", "TLS13", "TLSv1.3"); // the older ones Java does not speak any more
  private static final Map<String, String> CURVES =
      Map.of(
          "CurveP256", "secp256r1",
          "CurveP384", "secp384r1",
          "CurveP521", "secp521r1",
          "X25519", "x25519");

  private final Path folder;
  private final Mistakes mistakes;
  private final List<Path> files;

  /// @param folder what relative paths are relative to
  /// @param files hears of each file that was read
  TlsReader(Path folder, Mistakes mistakes, List<Path> files) {
    this.folder = folder;
    this.mistakes = mistakes;
    this.files = files;
  }

  /// Reads the section.
  ///
  /// @return null if there is no TLS to be had by it, of which `mistakes` heard
  @Nullable TlsSettings read(Section section) {
    List<X509Certificate> chain =
        section.required("cert_file", text -> fromFile(text, PemFile::certificates));
    PrivateKey key = section.required("key_file", text -> fromFile(text, PemFile::privateKey));
    List<X509Certificate> trusted =
        section.value("client_ca_file", text -> fromFile(text, PemFile::certificates));
    ClientCertificate clients =
        section.value(
            "client_auth_type",
            ClientCertificate.NONE,
            Values.choice(ClientCertificate.class, ClientCertificate::word));
    List<String> protocols = protocols(section);
    List<String> suites = section.list("cipher_suites", TlsReader::cipherSuite);
    List<String> curves = section.list("curve_preferences", TlsReader::curve);
    boolean prefersOrder = section.value("prefer_server_cipher_suites", true, Values::truth);
    section.end();
    if (clients.isVerified() && trusted == null) {
      mistakes.add(section.where(), clients.word() + " needs client_ca_file", "");
    }
    if (trusted != null && !clients.isVerified()) {
      mistakes.add(
          section.where(),
          "client_ca_file does nothing without a client_auth_type that verifies",
          "write client_auth_type: RequireAndVerifyClientCert");
    }
    if (chain == null || key == null || !mistakes.isEmpty()) {
      return null;
    }
    if (!belongTogether(key, chain.getFirst())) {
      mistakes.add(section.where(), "the key of key_file is not that of cert_file", "");
      return null;
    }
    SSLContext context = context(chain, key, trusted == null ? List.of() : trusted);
    return new TlsSettings(context, clients, protocols, suites, curves, prefersOrder);
  }

  private <T> T fromFile(String text, Function<Path, T> read) {
    Path file = folder.resolve(text);
    files.add(file);
    try {
      return read.apply(file);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(Mistake.quoted(text) + " " + e.getMessage(), e);
    }
  }

  private List<String> protocols(Section section) {
    int min = section.value("min_version", 2, TlsReader::version);
    int max = section.value("max_version", VERSIONS.size() - 1, TlsReader::version);
    List<String> protocols = new ArrayList<>();
    for (int i = min; i <= max; i++) {
      String protocol = PROTOCOLS.get(VERSIONS.get(i));
      if (protocol != null) {
        protocols.add(protocol);
      }
    }
    if (protocols.isEmpty()) {
      mistakes.add(
          section.where(),
          "min_version and max_version leave no version that there is",
          "TLS12 and TLS13 are there");
    }
    return protocols;
  }

  private static int version(String text) {
    int index = VERSIONS.indexOf(text);
    if (index < 0) {
      throw new IllegalArgumentException(
          Mistake.quoted(text) + " is no version; there are: " + String.join(", ", VERSIONS));
    }
    return index;
  }

  private static String cipherSuite(String text) {
    try {
      String[] supported = SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites();
      if (Arrays.asList(supported).contains(text)) {
        return text;
      }
    } catch (GeneralSecurityException e) {
      throw new AssertionError("each Java has TLS", e);
    }
    throw new IllegalArgumentException(Mistake.quoted(text) + " is no cipher suite of this Java");
  }

  private static String curve(String text) {
    String curve = CURVES.get(text);
    if (curve == null) {
      throw new IllegalArgumentException(
          Mistake.quoted(text) + " is no curve; there are: " + String.join(", ", CURVES.keySet()));
    }
    return curve;
  }

  private static boolean belongTogether(PrivateKey key, X509Certificate certificate) {
    byte[] text = {1, 2, 3};
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // another kind of key
    }
  }

  private static SSLContext context(
      List<X509Certificate> chain, PrivateKey key, List<X509Certificate> trusted) {
    char[] none = {};
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setKeyEntry("server", key, none, chain.toArray(X509Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, none);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trustManagers(trusted), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot set up TLS: " + e.getMessage(), e);
    }
  }

  private static TrustManager[] trustManagers(List<X509Certificate> trusted)
      throws GeneralSecurityException, IOException {
    if (trusted.isEmpty()) {
      return new TrustManager[] {new Anybody()};
    }
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < trusted.size(); i++) {
      store.setCertificateEntry("client-ca-" + i, trusted.get(i));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust.getTrustManagers();
  }

  /// Takes each client's certificate, as it was asked for without being verified.
  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      throw new UnsupportedOperationException("this is a server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
      throw new UnsupportedOperationException("this is a server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
      throw new UnsupportedOperationException("this is a server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
