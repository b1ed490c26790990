package io.ringtap.trace;

import io.ringtap.packet.IpProtocol;

/// What probes are.
public enum TraceProtocol {
  /// Echo requests; the destination answers with an echo reply.
  ICMP("icmp", IpProtocol.ICMP, 0),
  /// Datagrams to a port where nobody listens; the destination answers with "port unreachable".
  UDP("udp", IpProtocol.UDP, 33_434),
  /// SYNs; the destination answers with SYN and ACK, which this machine resets, or with RST.
  TCP("tcp", IpProtocol.TCP, 80);

  private final String word;
  private final int number;
  private final int defaultPort;

  TraceProtocol(String word, int number, int defaultPort) {
    this.word = word;
    this.number = number;
    this.defaultPort = defaultPort;
  }

  /// The word that stands in output and options, such as `udp`.
  public String word() {
    return word;
  }

  /// The destination port where none is asked for; 0 for ICMP.
  public int defaultPort() {
    return defaultPort;
  }

  int number() {
    return number;
  }
}
