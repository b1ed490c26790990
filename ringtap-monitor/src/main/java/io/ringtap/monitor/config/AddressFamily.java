package io.ringtap.monitor.config;

/// Which addresses of a name are watched.
public enum AddressFamily {
  /// The first that the resolver gives.
  ANY("any"),
  /// An IPv4 address.
  IPV4("ipv4"),
  /// An IPv6 address.
  IPV6("ipv6"),
  /// One of each, as two targets.
  BOTH("both");

  private final String word;

  AddressFamily(String word) {
    this.word = word;
  }

  /// As it is written in a configuration.
  public String word() {
    return word;
  }
}
