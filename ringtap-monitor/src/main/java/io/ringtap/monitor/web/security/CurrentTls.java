package io.ringtap.monitor.web.security;

import java.security.SecureRandom;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/// A context that gives each new connection the settings that are in force then: a running server
/// of the JDK keeps the context that it was started with.
public final class CurrentTls extends SSLContextSpi {
  private final Supplier<TlsSettings> settings;

  private CurrentTls(Supplier<TlsSettings> settings) {
    this.settings = settings;
  }

  /// A context that asks for its settings with each connection.
  public static SSLContext context(Supplier<TlsSettings> settings) {
    SSLContext first = settings.get().context();
    return new Context(new CurrentTls(settings), first);
  }

  private static final class Context extends SSLContext {
    Context(CurrentTls tls, SSLContext like) {
      super(tls, like.getProvider(), like.getProtocol());
    }
  }

  private SSLContext current() {
    return settings.get().context();
  }

  @Override
  protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
    throw new UnsupportedOperationException("its settings come from elsewhere");
  }

  @Override
  protected SSLEngine engineCreateSSLEngine() {
    return current().createSSLEngine();
  }

  @Override
  protected SSLEngine engineCreateSSLEngine(String host, int port) {
    return current().createSSLEngine(host, port);
  }

  @Override
  protected SSLParameters engineGetDefaultSSLParameters() {
    return current().getDefaultSSLParameters();
  }

  @Override
  protected SSLParameters engineGetSupportedSSLParameters() {
    return current().getSupportedSSLParameters();
  }

  @Override
  protected SSLSocketFactory engineGetSocketFactory() {
    return current().getSocketFactory();
  }

  @Override
  protected SSLServerSocketFactory engineGetServerSocketFactory() {
    return current().getServerSocketFactory();
  }

  @Override
  protected SSLSessionContext engineGetServerSessionContext() {
    return current().getServerSessionContext();
  }

  @Override
  protected SSLSessionContext engineGetClientSessionContext() {
    return current().getClientSessionContext();
  }
}
