package io.ringtap.filter.syntax;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The words of the language, in the order in which a misspelt one is taken for them.
public final class Vocabulary {
  /// @param protocol of a `PROTOCOL`
  /// @param value of a `NUMBER`
  record Word(Token token, @Nullable ProtocolWord protocol, int value) {}

  private static final Map<String, Word> WORDS = new LinkedHashMap<>(256);
  private static final Map<String, String> FOREIGN = new HashMap<>(128);

  static {
    keyword(Token.HOST, "host");
    keyword(Token.PORT, "port");
    keyword(Token.NET, "net");
    keyword(Token.SRC, "src");
    keyword(Token.DST, "dst");
    keyword(Token.AND, "and");
    keyword(Token.OR, "or");
    keyword(Token.NOT, "not");
    for (ProtocolWord protocol : ProtocolWord.values()) {
      protocol(protocol, protocol.word());
    }
    keyword(Token.PROTO, "proto");
    keyword(Token.PORTRANGE, "portrange");
    keyword(Token.PROTOCHAIN, "protochain");
    keyword(Token.GATEWAY, "gateway");
    keyword(Token.MASK, "mask");
    keyword(Token.LESS, "less");
    keyword(Token.GREATER, "greater");
    keyword(Token.LENGTH, "len");
    keyword(Token.LENGTH, "length");
    keyword(Token.BROADCAST, "broadcast");
    keyword(Token.MULTICAST, "multicast");
    keyword(Token.INBOUND, "inbound");
    keyword(Token.OUTBOUND, "outbound");
    keyword(Token.IFINDEX, "ifindex");
    keyword(Token.VLAN, "vlan");
    keyword(Token.MPLS, "mpls");
    keyword(Token.PPPOED, "pppoed");
    keyword(Token.PPPOES, "pppoes");
    keyword(Token.GENEVE, "geneve");
    keyword(Token.VXLAN, "vxlan");
    keyword(Token.LLC, "llc");
    keyword(Token.BYTE, "byte");
    keyword(Token.ADDR1, "addr1");
    keyword(Token.ADDR2, "addr2");
    keyword(Token.ADDR3, "addr3");
    keyword(Token.ADDR4, "addr4");
    keyword(Token.RA, "ra");
    keyword(Token.TA, "ta");
    keyword(Token.TYPE, "type");
    keyword(Token.SUBTYPE, "subtype");
    keyword(Token.DIR, "dir");
    keyword(Token.DIR, "direction");
    protocol(ProtocolWord.ETHER, "link");
    protocol(ProtocolWord.ETHER, "fddi");
    protocol(ProtocolWord.ETHER, "tr");
    protocol(ProtocolWord.ETHER, "wlan");
    protocol(ProtocolWord.ETHER, "ppp");
    protocol(ProtocolWord.ETHER, "slip");
    protocol(ProtocolWord.ESIS, "es-is");
    protocol(ProtocolWord.ISIS, "is-is");

    number("tcpflags", 13);
    number("tcp-fin", 0x01);
    number("tcp-syn", 0x02);
    number("tcp-rst", 0x04);
    number("tcp-push", 0x08);
    number("tcp-ack", 0x10);
    number("tcp-urg", 0x20);
    number("tcp-ece", 0x40);
    number("tcp-cwr", 0x80);

    number("icmptype", 0);
    number("icmpcode", 1);
    number("icmp-echoreply", 0);
    number("icmp-unreach", 3);
    number("icmp-sourcequench", 4);
    number("icmp-redirect", 5);
    number("icmp-echo", 8);
    number("icmp-routeradvert", 9);
    number("icmp-routersolicit", 10);
    number("icmp-timxceed", 11);
    number("icmp-paramprob", 12);
    number("icmp-tstamp", 13);
    number("icmp-tstampreply", 14);
    number("icmp-ireq", 15);
    number("icmp-ireqreply", 16);
    number("icmp-maskreq", 17);
    number("icmp-maskreply", 18);

    number("icmp6type", 0);
    number("icmp6code", 1);
    number("icmp6-destinationunreach", 1);
    number("icmp6-packettoobig", 2);
    number("icmp6-timeexceeded", 3);
    number("icmp6-parameterproblem", 4);
    number("icmp6-echo", 128);
    number("icmp6-echoreply", 129);
    number("icmp6-multicastlistenerquery", 130);
    number("icmp6-multicastlistenerreportv1", 131);
    number("icmp6-multicastlistenerdone", 132);
    number("icmp6-routersolicit", 133);
    number("icmp6-routeradvert", 134);
    number("icmp6-neighborsolicit", 135);
    number("icmp6-neighboradvert", 136);
    number("icmp6-redirect", 137);
    number("icmp6-routerrenum", 138);
    number("icmp6-nodeinformationquery", 139);
    number("icmp6-nodeinformationresponse", 140);
    number("icmp6-ineighbordiscoverysolicit", 141);
    number("icmp6-ineighbordiscoveryadvert", 142);
    number("icmp6-multicastlistenerreportv2", 143);
    number("icmp6-homeagentdiscoveryrequest", 144);
    number("icmp6-homeagentdiscoveryreply", 145);
    number("icmp6-mobileprefixsolicit", 146);
    number("icmp6-mobileprefixadvert", 147);
    number("icmp6-certpathsolicit", 148);
    number("icmp6-certpathadvert", 149);
    number("icmp6-multicastrouteradvert", 151);
    number("icmp6-multicastroutersolicit", 152);
    number("icmp6-multicastrouterterm", 153);

    foreign(
        "is for ATM cells, which have no filters here",
        "lane",
        "metac",
        "bcc",
        "oam",
        "oamf4",
        "oamf4ec",
        "oamf4sc",
        "sc");
    foreign(
        "is for ATM cells, which have no filters here",
        "ilmic",
        "vpi",
        "vci",
        "connectmsg",
        "metaconnect");
    foreign(
        "is for SS7 signals, which have no filters here",
        "fisu",
        "lssu",
        "lsu",
        "msu",
        "hfisu",
        "hlssu",
        "hmsu",
        "sio");
    foreign(
        "is for SS7 signals, which have no filters here",
        "opc",
        "dpc",
        "sls",
        "hsio",
        "hopc",
        "hdpc",
        "hsls");
    foreign(
        "is for logs of pf(4), which have no filters here",
        "on",
        "ifname",
        "rset",
        "ruleset",
        "rnr",
        "rulenum",
        "srnr");
    foreign("is for logs of pf(4), which have no filters here", "subrulenum", "reason", "action");
  }

  private Vocabulary() {}

  /// What `text` is in the language; null if it is not one of its words.
  static @Nullable Word find(String text) {
    return WORDS.get(text);
  }

  /// What a word of the language is for that no packet here can be; null for any other text.
  static @Nullable String foreignUse(String text) {
    return FOREIGN.get(text);
  }

  /// The words that are not the names of numbers.
  public static List<String> keywords() {
    return WORDS.entrySet().stream()
        .filter(entry -> entry.getValue().token() != Token.NUMBER)
        .map(Map.Entry::getKey)
        .toList();
  }

  static Set<String> all() {
    return Collections.unmodifiableSet(WORDS.keySet());
  }

  private static void keyword(Token token, String text) {
    WORDS.put(text, new Word(token, null, 0));
  }

  private static void protocol(ProtocolWord protocol, String text) {
    WORDS.put(text, new Word(Token.PROTOCOL, protocol, 0));
  }

  private static void number(String text, int value) {
    WORDS.put(text, new Word(Token.NUMBER, null, value));
  }

  private static void foreign(String use, String... texts) {
    for (String text : texts) {
      FOREIGN.put(text, use);
    }
  }
}
