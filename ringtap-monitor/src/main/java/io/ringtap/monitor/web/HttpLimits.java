package io.ringtap.monitor.web;

/// What the JDK's HTTP server takes from clients. It reads that once, when a process makes its
/// first server.
public final class HttpLimits {
  private HttpLimits() {}

  /// Sets the limits, unless the command line of Java has. To be called before the first server is
  /// made; a [WebServer] does it by itself.
  public static void set() {
    limit("sun.net.httpserver.maxReqHeaders", "100");
    limit("sun.net.httpserver.maxReqHeaderSize", "32768"); // bytes
    limit("sun.net.httpserver.maxReqTime", "10"); // seconds for header and body
    limit("sun.net.httpserver.idleInterval", "30"); // seconds
    limit("sun.net.httpserver.maxIdleConnections", "100");
    limit("jdk.httpserver.maxConnections", "512");
    limit("sun.net.httpserver.nodelay", "true");
  }

  private static void limit(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
