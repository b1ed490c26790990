package io.ringtap.filter.syntax;

/// The words of the language that name a protocol.
public enum ProtocolWord {
  /// `ether`, and its other names `link`, `fddi`, `tr`, `wlan`, `ppp` and `slip`.
  ETHER("ether"),
  IP("ip"),
  IP6("ip6"),
  ARP("arp"),
  RARP("rarp"),
  TCP("tcp"),
  UDP("udp"),
  SCTP("sctp"),
  ICMP("icmp"),
  ICMP6("icmp6"),
  IGMP("igmp"),
  IGRP("igrp"),
  PIM("pim"),
  VRRP("vrrp"),
  CARP("carp"),
  AH("ah"),
  ESP("esp"),
  DECNET("decnet"),
  ATALK("atalk"),
  AARP("aarp"),
  LAT("lat"),
  MOPRC("moprc"),
  MOPDL("mopdl"),
  SCA("sca"),
  STP("stp"),
  IPX("ipx"),
  NETBEUI("netbeui"),
  ISO("iso"),
  ESIS("esis"),
  ISIS("isis"),
  CLNP("clnp"),
  L1("l1"),
  L2("l2"),
  IIH("iih"),
  LSP("lsp"),
  SNP("snp"),
  CSNP("csnp"),
  PSNP("psnp"),
  RADIO("radio");

  private final String word;

  ProtocolWord(String word) {
    this.word = word;
  }

  /// How a filter writes it.
  public String word() {
    return word;
  }
}
