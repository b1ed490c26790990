package io.ringtap.ping;

/// The kind of sockets that a pinger works on.
public enum Transport {
  /// Raw sockets where they are permitted, else datagram sockets.
  AUTO("auto"),
  /// Raw sockets and a packet ring: stamps of the kernel at both ends. Needs CAP_NET_RAW.
  RAW("raw"),
  /// ICMP datagram sockets, which need no capability but a group in `net.ipv4.ping_group_range`.
  /// Stamps of the kernel at both ends too; 65 536 probes may be in flight.
  DATAGRAM("datagram");

  private final String word;

  Transport(String word) {
    this.word = word;
  }

  /// The word that stands on the command line and in output.
  public String word() {
    return word;
  }
}
