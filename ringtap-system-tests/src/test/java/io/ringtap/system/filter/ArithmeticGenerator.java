package io.ringtap.system.filter;

import java.util.SplittableRandom;

/// Makes random relations between arithmetic expressions.
final class ArithmeticGenerator {
  private static final int MAX_DEPTH = 3;
  private static final String[] RELATIONS = {">", "<", ">=", "<=", "=", "==", "!="};
  private static final String[] OPERATORS = {"+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>"};
  private static final String[] ETHERNET_LAYERS = {
    "ether", "link", "decnet", "lat", "mopdl", "sca"
  };
  private static final String[] LAYERS = {
    "ip", "ip", "ip6", "tcp", "tcp", "udp", "icmp", "icmp6", "sctp", "igmp", "arp", "rarp", "link",
    "vrrp", "pim", "carp", "igrp"
  };
  private static final String[] NUMBERS = {
    "0",
    "1",
    "2",
    "4",
    "5",
    "6",
    "8",
    "0xf",
    "0xf0",
    "020",
    "64",
    "127",
    "255",
    "256",
    "0x800",
    "0x1fff",
    "1500",
    "0xffff",
    "65536",
    "0x7fffffff",
    "0x80000000",
    "0xffffffff"
  };
  private static final String[] EVERYDAY = {
    "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0",
    "tcp[tcpflags] & (tcp-rst|tcp-ack) == (tcp-rst|tcp-ack)",
    "tcp[tcpflags] == tcp-syn",
    "tcp[13] & 2 != 0",
    "icmp[icmptype] = icmp-echo",
    "icmp[icmptype] != icmp-echoreply",
    "icmp[icmpcode] > 1",
    "icmp6[icmp6type] = icmp6-neighborsolicit",
    "icmp6[icmp6type] == icmp6-echo",
    "icmp6[icmp6code] != 0",
    "ip[0] & 0xf != 5",
    "ip[6:2] & 0x1fff = 0",
    "ip[8] < 5",
    "((ip[2:2] - ((ip[0]&0xf)<<2)) - ((tcp[12]&0xf0)>>2)) != 0",
    "tcp[((tcp[12:1] & 0xf0) >> 2):4] = 0x47455420",
    "udp[10] & 0x80 = 0",
    "ether[0] & 1 = 0",
    "ip[16] >= 224",
    "len > 100",
    "ip6[6] = 44",
    "ip6[40] = 128"
  };

  private final SplittableRandom random;
  private final boolean isEthernet;

  ArithmeticGenerator(SplittableRandom random, boolean isEthernet) {
    this.random = random;
    this.isEthernet = isEthernet;
  }

  String relation() {
    return switch (random.nextInt(5)) {
      case 0, 1 -> pick(EVERYDAY);
      case 2 -> accessor(0) + " " + pick(RELATIONS) + " " + pick(NUMBERS);
      default -> {
        int depth = random.nextInt(MAX_DEPTH);
        yield value(depth) + pick(" ", "") + pick(RELATIONS) + " " + value(random.nextInt(2));
      }
    };
  }

  private String value(int depth) {
    if (depth == 0) {
      return switch (random.nextInt(8)) {
        case 0 -> "len";
        case 1, 2 -> pick(NUMBERS);
        default -> accessor(0);
      };
    }
    return switch (random.nextInt(9)) {
      case 0 -> "(" + value(depth - 1) + ")";
      case 1 -> "-" + accessor(0);
      case 2 -> accessor(depth - 1);
      case 3 -> value(depth - 1) + pick(" << ", " >> ") + random.nextInt(32);
      case 4 -> value(depth - 1) + pick(" / ", " % ") + random.nextInt(1, 300);
      case 5 -> "(" + value(depth - 1) + ") " + pick(OPERATORS) + " (" + value(depth - 1) + ")";
      case 6 -> value(depth - 1) + " & " + pick(NUMBERS);
      default -> value(depth - 1) + " " + pick(OPERATORS) + " " + value(depth - 1);
    };
  }

  private String accessor(int depth) {
    String layer = isEthernet && random.nextInt(5) == 0 ? pick(ETHERNET_LAYERS) : pick(LAYERS);
    return layer + "[" + index(depth) + pick("", "", ":1", ":2", ":4") + "]";
  }

  private String index(int depth) {
    return switch (random.nextInt(depth == 0 ? 8 : 10)) {
      case 0 -> accessor(0) + " & 0x1f";
      case 1 -> "(" + accessor(0) + " & 0xf) << 2";
      case 2 -> Integer.toString(random.nextInt(100));
      case 8, 9 -> value(depth - 1);
      default -> Integer.toString(random.nextInt(24));
    };
  }

  private String pick(String... texts) {
    return texts[random.nextInt(texts.length)];
  }
}
