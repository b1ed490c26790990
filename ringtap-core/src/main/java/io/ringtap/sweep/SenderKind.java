package io.ringtap.sweep;

/// How probes reach the network.
public enum SenderKind {
  /// The fastest that works for the targets: [#PACKET] if 256 of them, from all over the space, go
  /// through one next hop of an Ethernet interface, which is then taken for all, else [#RAW].
  AUTO("auto"),
  /// A raw socket (`raw(7)`): the kernel looks up route and neighbor of each probe, and its
  /// firewall sees it.
  RAW("raw"),
  /// A packet socket (`packet(7)`) with `PACKET_QDISC_BYPASS`: whole frames to one next hop, past
  /// routes, firewall and queueing discipline.
  PACKET("packet"),
  /// An AF_XDP socket on the first queue of the interface: as [#PACKET], through rings in memory
  /// that is shared with the kernel.
  XDP("xdp");

  private final String word;

  SenderKind(String word) {
    this.word = word;
  }

  /// The word that stands in options and output, such as `packet`.
  public String word() {
    return word;
  }
}
