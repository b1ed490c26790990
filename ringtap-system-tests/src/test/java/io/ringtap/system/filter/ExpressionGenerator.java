package io.ringtap.system.filter;

import io.ringtap.packet.LinkType;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/// Makes random expressions over the whole grammar of pcap-filter(7). Most are filters of the link
/// type that they are for; a few are not, so that refusals meet as well.
final class ExpressionGenerator {
  private static final int MAX_DEPTH = 4;
  private static final String[] DIRECTIONS = {
    "", "", "", "src ", "dst ", "src or dst ", "src and dst ", "dst or src "
  };
  private static final String[] NETWORKS = {
    "10",
    "192.168",
    "172.16",
    "192.168.1",
    "10.0.0.0/8",
    "192.168.0.0/16",
    "172.16.0.0/12",
    "10.0.0.1/32",
    "0.0.0.0/0",
    "240.0.0.0/4",
    "10.0.0.0/31",
    "192.168.1",
    "10.0.0.0 mask 255.0.0.0",
    "192.168.0.1 mask 255.255.0.255",
    "0.0.0.0 mask 0.0.0.0"
  };
  private static final String[] NETWORKS_6 = {
    "2001:db8::/32",
    "fe80::/10",
    "ff00::/8",
    "::/0",
    "2001:db8::1/128",
    "2001:db8:1:2::/64",
    "2001:db8:1:2::/63",
    "::1"
  };
  private static final String[] ETHERNET_WORDS = {
    "aarp", "atalk", "decnet", "iso", "stp", "ipx", "netbeui", "lat", "moprc", "mopdl", "clnp",
    "esis", "isis", "l1", "l2", "iih", "lsp", "snp", "csnp", "psnp"
  };
  private static final String[] ETHERNET_PROTOCOLS = {
    "\\aarp",
    "\\arp",
    "\\atalk",
    "\\decnet",
    "\\ip",
    "\\ip6",
    "\\ipx",
    "\\iso",
    "\\lat",
    "loopback",
    "\\mopdl",
    "\\moprc",
    "\\netbeui",
    "\\rarp",
    "\\sca",
    "\\stp"
  };
  private static final String[] TRANSPORT_WORDS = {
    "tcp", "udp", "sctp", "icmp", "icmp6", "igmp", "pim", "ah", "esp", "vrrp", "carp", "igrp"
  };
  private static final String[] PROTOCOL_NAMES = {
    "\\tcp",
    "\\udp",
    "\\icmp",
    "\\igmp",
    "\\sctp",
    "\\ah",
    "\\esp",
    "\\pim",
    "\\vrrp",
    "gre",
    "ospf",
    "ipv6-icmp"
  };
  private static final String[] LLC_TYPES = {
    "i", "s", "u", "rr", "rnr", "rej", "ui", "ua", "disc", "sabme", "test", "xid", "frmr"
  };
  private static final String[] WLAN_SUBTYPES = {
    "beacon",
    "probe-req",
    "probe-resp",
    "auth",
    "deauth",
    "rts",
    "cts",
    "ack",
    "ps-poll",
    "cf-end",
    "data",
    "null",
    "qos-data",
    "qos"
  };
  private static final String[] SERVICES = {"http", "domain", "ssh", "syslog", "who", "https"};

  private final SplittableRandom random;
  private final LinkType linkType;
  private final ArithmeticGenerator arithmetic;

  ExpressionGenerator(SplittableRandom random, LinkType linkType) {
    this.random = random;
    this.linkType = linkType;
    this.arithmetic = new ArithmeticGenerator(random, isEthernet());
  }

  String next() {
    return expression(random.nextInt(MAX_DEPTH + 1));
  }

  private String expression(int depth) {
    if (depth == 0) {
      return term(0);
    }
    StringBuilder text = new StringBuilder(term(depth - 1));
    for (int more = random.nextInt(3); more > 0; more--) {
      text.append(pick(" and ", " or ", " && ", " || ", " and ", " or ")).append(term(depth - 1));
    }
    return text.toString();
  }

  private String term(int depth) {
    if (depth > 0 && random.nextInt(3) == 0) {
      return pick("(", "not (", "!(", "(") + expression(depth) + ")";
    }
    return switch (random.nextInt(8)) {
      case 0 -> pick("not ", "!", "! ", "not not ") + primitive();
      case 1 -> inherited();
      default -> primitive();
    };
  }

  private String primitive() {
    if (isWlan() && random.nextInt(4) == 0) {
      return wlan();
    }
    return switch (random.nextInt(isEthernet() ? 20 : 16)) {
      case 0, 1, 2 -> host();
      case 3, 4 -> network();
      case 5, 6, 7 -> port();
      case 8 -> portRange();
      case 9 -> pick("ip", "ip6", "arp", "rarp", "ip", "ip6");
      case 10, 11 -> pick(TRANSPORT_WORDS);
      case 12 -> protocol();
      case 13, 14 -> arithmetic.relation();
      case 15 -> special();
      case 16 -> ethernet();
      case 17 -> pick(ETHERNET_WORDS);
      default -> encapsulation();
    };
  }

  private String host() {
    return switch (random.nextInt(8)) {
      case 0 -> pick("", "ip6 ") + direction() + "host " + Vocabulary.IPV6_ADDRESS.pick(random);
      case 1 -> pick("arp ", "rarp ", "ip ") + direction() + "host " + ipv4();
      case 2 ->
          pick("ip ", "ip src ")
              + "host "
              + (isRare() ? Vocabulary.IPV6_ADDRESS.pick(random) : ipv4());
      case 3 -> isRare() ? pick("", "ip ", "ip6 host ") + ipv4() : pick("src ", "dst ") + ipv4();
      case 4 -> isEthernet() ? "decnet " + pick("src ", "dst ", "host ") + decnet() : ipv4Host();
      default -> ipv4Host();
    };
  }

  private String ipv4Host() {
    return pick("", "", "ip ") + direction() + "host " + ipv4();
  }

  private String ipv4() {
    return Vocabulary.IPV4_ADDRESS.pick(random);
  }

  private String decnet() {
    return Vocabulary.DECNET_ADDRESS.pick(random);
  }

  private String network() {
    return random.nextInt(3) == 0
        ? pick("", "ip6 ") + direction() + "net " + pick(NETWORKS_6)
        : pick("", "", "ip ", "arp ") + direction() + "net " + pick(NETWORKS);
  }

  private String port() {
    return transport() + direction() + "port " + portNumber();
  }

  private String portNumber() {
    return isRare() ? pick(SERVICES) : Vocabulary.PORT.pick(random);
  }

  private String portRange() {
    return transport()
        + direction()
        + "portrange "
        + Vocabulary.PORT.pick(random)
        + "-"
        + Vocabulary.PORT.pick(random);
  }

  private String transport() {
    return pick("", "tcp ", "udp ", "tcp ", "sctp ", "");
  }

  private String protocol() {
    String number =
        random.nextInt(3) == 0 ? pick(PROTOCOL_NAMES) : Vocabulary.IP_PROTOCOL.pick(random);
    return pick(
            "ip proto ", "ip6 proto ", "proto ", "ip protochain ", "ip6 protochain ", "ip proto ")
        + number;
  }

  private String special() {
    return switch (random.nextInt(8)) {
      case 0 -> pick("less ", "greater ") + pick("0", "40", "60", "64", "1500", "0x40");
      case 1 -> "ip broadcast";
      case 2 -> pick("ip6 multicast", "ip multicast", "ip6 multicast");
      case 3 -> pick("pppoed", "pppoes", "geneve");
      case 4 -> beside();
      case 5 -> "ether proto " + Vocabulary.ETHER_TYPE.pick(random);
      default -> arithmetic.relation();
    };
  }

  /// What a cooked header tells of a packet.
  private String beside() {
    if (linkType.equals(LinkType.LINUX_SLL2) || isRare()) {
      return pick("inbound", "outbound", "ifindex " + Vocabulary.INTERFACE.pick(random));
    }
    return linkType.equals(LinkType.LINUX_SLL) ? pick("inbound", "outbound") : "ip broadcast";
  }

  private String ethernet() {
    return switch (random.nextInt(6)) {
      case 0 -> pick("", "ether ") + pick("broadcast", "multicast");
      case 1 -> "ether proto " + pick(ETHERNET_PROTOCOLS);
      case 2 -> "ether proto " + Vocabulary.ETHER_TYPE.pick(random);
      case 3 ->
          pick("llc", "llc " + pick(LLC_TYPES), "iso proto " + pick("\\clnp", "\\esis", "131"));
      default ->
          "ether "
              + pick("host ", "src ", "dst ", "src or dst ", "src and dst ")
              + ethernetAddress();
    };
  }

  private String wlan() {
    return switch (random.nextInt(8)) {
      case 0 -> pick("", "wlan ") + "type " + pick("mgt", "ctl", "data", "0x8", "4");
      case 1 -> "subtype " + pick(WLAN_SUBTYPES);
      case 2 -> "type data subtype " + pick("qos-data", "null", "data", "0x80");
      case 3 -> "dir " + pick("nods", "tods", "fromds", "dstods", "1");
      case 4 ->
          isWithRadio()
              ? pick("radio[2] > 12", "radio[0:4] & 0x1f != 0", "radio[4] = 3")
              : pick("link[0] & 8 != 0", "wlan[1] & 3 = 1");
      case 5 -> pick("broadcast", "multicast", "wlan broadcast", "wlan multicast");
      case 6 ->
          pick(
              "llc",
              "vlan",
              "vlan 100",
              "llc ui",
              "iso",
              "stp",
              "ipx",
              "ether proto 0x806",
              "aarp");
      default ->
          "wlan "
              + pick("addr1 ", "addr2 ", "addr3 ", "addr4 ", "ra ", "ta ", "host ", "src ", "dst ")
              + Vocabulary.ETHERNET_ADDRESS.pick(random);
    };
  }

  /// An address in one of its spellings.
  private String ethernetAddress() {
    String address = Vocabulary.ETHERNET_ADDRESS.pick(random);
    return switch (random.nextInt(6)) {
      case 0 -> address.replace(':', '-');
      case 1 -> address.replace(':', '.');
      case 2 -> address.replace(":", "");
      case 3 -> address.replaceAll("0([0-9a-f])", "$1");
      default -> address;
    };
  }

  /// A header that later primitives look after, and some of them.
  private String encapsulation() {
    String header =
        switch (random.nextInt(8)) {
          case 0, 1, 2 -> pick("vlan", "vlan " + Vocabulary.VLAN.pick(random));
          case 3, 4 -> pick("mpls", "mpls " + Vocabulary.LABEL.pick(random));
          case 5 -> pick("pppoes", "pppoes " + Vocabulary.SESSION.pick(random));
          case 6 -> pick("geneve", "geneve " + Vocabulary.NETWORK_IDENTIFIER.pick(random));
          default -> "pppoed";
        };
    return switch (random.nextInt(6)) {
      case 0 -> header;
      case 1 -> header + " and " + encapsulation();
      case 2 -> header + " and " + host();
      case 3 -> header + " and " + port();
      case 4 -> header + " and (" + primitive() + pick(" or ", " and ") + primitive() + ")";
      default -> header + " and " + primitive();
    };
  }

  /// Qualifiers once, and several identifiers.
  private String inherited() {
    Supplier<String> identifier;
    String qualifiers;
    switch (random.nextInt(isEthernet() ? 6 : 5)) {
      case 0 -> {
        qualifiers = transport() + direction() + "port ";
        identifier = this::portNumber;
      }
      case 1 -> {
        qualifiers = direction() + "net ";
        identifier = () -> pick(NETWORKS);
      }
      case 2 -> {
        qualifiers = pick("ip proto ", "ip6 proto ");
        identifier = () -> Vocabulary.IP_PROTOCOL.pick(random);
      }
      case 3 -> {
        qualifiers = "ether proto ";
        identifier = () -> Vocabulary.ETHER_TYPE.pick(random);
      }
      case 4 -> {
        qualifiers = pick("", "ip ", "arp ") + direction() + "host ";
        identifier = this::ipv4;
      }
      default -> {
        qualifiers = "ether " + pick("host ", "src ", "dst ");
        identifier = () -> Vocabulary.ETHERNET_ADDRESS.pick(random);
      }
    }
    StringBuilder list = new StringBuilder(identifier.get());
    for (int more = random.nextInt(1, 4); more > 0; more--) {
      list.append(pick(" or ", " or ", " and ", " or not ", " || ")).append(identifier.get());
    }
    return qualifiers + (random.nextInt(3) == 0 ? "(" + list + ")" : list);
  }

  private boolean isWlan() {
    return AcceptedBeyondLibpcap.isWlan(linkType);
  }

  private boolean isWithRadio() {
    return isWlan() && !linkType.equals(LinkType.IEEE802_11) && !linkType.equals(LinkType.PPI);
  }

  private boolean isRare() {
    return random.nextInt(20) == 0;
  }

  private String direction() {
    return pick(DIRECTIONS);
  }

  private boolean isEthernet() {
    return linkType.equals(LinkType.ETHERNET) || random.nextInt(40) == 0;
  }

  private String pick(String... texts) {
    return texts[random.nextInt(texts.length)];
  }
}
