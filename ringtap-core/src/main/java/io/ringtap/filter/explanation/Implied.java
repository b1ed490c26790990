package io.ringtap.filter.explanation;

/// What a filter means beyond its words, as an explanation says it once however often it applies.
enum Implied {
  GROUPING(
      "\"and\" and \"or\" bind alike and group from the left: \"a or b and c\" is \"(a or b) and"
          + " c\"."),
  ADDRESSES(
      "An address without a protocol is looked for in IP headers and in ARP and RARP, whose sender"
          + " is a source and whose target a destination."),
  PORTS(
      "A port is looked for after IPv4 and IPv6. Of an IPv4 packet in fragments only the first has"
          + " ports, so the others never match. After IPv6 it must be the next header."),
  TRANSPORT(
      "\"tcp\", \"udp\" and their like look after IPv4 and IPv6. After IPv6 other extension headers"
          + " than that of fragments are not followed."),
  NAMES("Names are looked up once, when the filter is compiled."),
  TAGS("What is written after \"vlan\" is looked for after the VLAN tag."),
  LABELS("What is written after \"mpls\" is looked for after the MPLS label."),
  SESSIONS("What is written after \"pppoes\" is looked for after the PPPoE and PPP headers."),
  TUNNELS(
      "What is written after \"geneve\" or \"vxlan\" is looked for in the packet inside the"
          + " tunnel."),
  INDICES(
      "Bytes are counted from 0. A comparison is false for a packet without that header. A packet"
          + " that ends before a byte that is asked for matches nothing, not even where \"not\""
          + " stands before it."),
  TRANSPORT_INDICES(
      "Bytes of TCP, UDP and other headers after IPv4 are not looked for in IPv6, nor in"
          + " fragments other than the first."),
  CHAINS("Following the chain takes a loop, which the kernel does not run."),
  LENGTH("A length counts the whole frame with its link-layer header.");

  private final String sentence;

  Implied(String sentence) {
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }
}
