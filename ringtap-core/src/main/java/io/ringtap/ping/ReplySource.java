package io.ringtap.ping;

/// Where a pinger on raw sockets takes replies and ICMP errors from.
public enum ReplySource {
  /// From raw sockets: a reply is what this host's stack accepts, after address translation,
  /// reassembly, checksums and the firewall, as for any other ping.
  HOST("host"),
  /// From a tap on all interfaces, before the stack has judged the packets. Shows what is on the
  /// wire even if the host refuses it, and does not see through address translation of this host.
  TAP("tap");

  private final String word;

  ReplySource(String word) {
    this.word = word;
  }

  /// The word that stands on the command line and in output.
  public String word() {
    return word;
  }
}
