package io.ringtap.system.filter;

import java.util.SplittableRandom;

/// Writes the network layer of a random packet, and what it carries.
final class PacketLayersBuilder {
  private static final int GENEVE_PORT = 6081;
  private static final int MAX_NESTING = 4;
  private static final int[] FRAGMENTS = {0, 0, 0, 0x4000, 0x2000, 0x0001, 0x20B9, 0x1FFF};
  private static final int[] LENGTHS = {20, 28, 40, 44, 52, 60, 100, 576, 1500};
  private static final int[] EXTENSIONS = {0, 43, 44, 51, 60};
  private static final int[] TCP_FLAGS = {
    0x02, 0x12, 0x10, 0x18, 0x11, 0x01, 0x04, 0x14, 0x29, 0x00, 0xC2, 0x52, 0xFF
  };

  private final SplittableRandom random;
  private final FrameBuilder out;

  PacketLayersBuilder(SplittableRandom random, FrameBuilder out) {
    this.random = random;
    this.out = out;
  }

  /// A packet of the network protocol with the EtherType `type`.
  void network(int type, int nesting) {
    switch (type) {
      case 0x0800 -> ipv4(nesting);
      case 0x86DD -> ipv6(nesting);
      default -> out.noise(40).edge();
    }
  }

  private void ipv4(int nesting) {
    int words = random.nextInt(5) == 0 ? out.pick(6, 7, 15, 4, 0) : 5;
    int version = random.nextInt(20) == 0 ? out.pick(6, 0, 15) : 4;
    int protocol = protocol();
    out.u8(version << 4 | words).u8(random.nextBoolean() ? 0 : random.nextInt(256));
    out.u16(out.pick(LENGTHS)).u16(random.nextInt(0x10000)).u16(out.pick(FRAGMENTS));
    out.u8(out.pick(0, 1, 64, 255)).u8(protocol).u16(random.nextInt(0x10000));
    out.address(Vocabulary.IPV4_ADDRESS).address(Vocabulary.IPV4_ADDRESS).edge();
    for (int i = 5; i < words; i++) {
      out.u32(0x0101_0100);
    }
    out.edge();
    carried(protocol, nesting);
  }

  private void ipv6(int nesting) {
    int protocol = random.nextInt(6) == 0 ? out.pick(EXTENSIONS) : protocol();
    int first = random.nextInt(4) == 0 ? out.pick(EXTENSIONS) : protocol;
    int version = random.nextInt(20) == 0 ? out.pick(4, 0, 15) : 6;
    out.u32(version << 28 | random.nextInt(1 << 28)).u16(out.pick(LENGTHS));
    out.u8(first).u8(out.pick(1, 64, 255));
    out.address(Vocabulary.IPV6_ADDRESS).address(Vocabulary.IPV6_ADDRESS).edge();
    int header = first;
    for (int left = random.nextInt(3); isExtension(header) && header != protocol; left--) {
      int next = left > 0 ? out.pick(EXTENSIONS) : protocol;
      extension(header, next);
      header = next;
      if (left <= 0) {
        break;
      }
    }
    carried(protocol, nesting);
  }

  private static boolean isExtension(int protocol) {
    for (int extension : EXTENSIONS) {
      if (protocol == extension) {
        return true;
      }
    }
    return false;
  }

  private void extension(int header, int next) {
    out.u8(next);
    switch (header) {
      case 44 -> out.u8(0).u16(out.pick(0, 1, 0x05A8, 0x05A9)).u32(random.nextInt());
      case 51 -> {
        int words = random.nextInt(1, 5); // RFC 4302, section 2.2: in words of 32 bits, minus 2
        out.u8(words).u16(0);
        for (int i = 0; i < words; i++) {
          out.u32(random.nextInt());
        }
        out.u32(random.nextInt());
      }
      default -> {
        int units = random.nextInt(3); // RFC 8200, section 4.3: in 8 bytes, without the first 8
        out.u8(units).u16(0x0104).u32(0);
        for (int i = 0; i < units; i++) {
          out.u32(0x0106_0000).u32(0);
        }
      }
    }
    out.edge();
  }

  private int protocol() {
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> 6;
      case 3, 4, 5 -> 17;
      case 6 -> out.pick(1, 58, 132);
      default -> Vocabulary.IP_PROTOCOL.number(random);
    };
  }

  private void carried(int protocol, int nesting) {
    switch (protocol) {
      case 6 -> {
        ports().u32(random.nextInt()).u32(random.nextInt());
        out.u8(out.pick(0x50, 0x50, 0x60, 0x80, 0xF0)).u8(out.pick(TCP_FLAGS));
        out.u16(64_240).u16(0).u16(0).edge();
        out.hex(random.nextBoolean() ? "474554202f" : "").noise(24);
      }
      case 17 -> udp(nesting);
      case 132 -> ports().u32(random.nextInt()).u32(0).edge().noise(16);
      case 1 -> out.u8(out.pick(0, 3, 4, 5, 8, 11, 12, 13, 17)).u8(random.nextInt(4)).noise(28);
      case 58 -> out.u8(out.pick(1, 2, 3, 128, 129, 133, 134, 135, 136)).u8(0).noise(28);
      case 2 -> out.u8(out.pick(0x11, 0x16, 0x17, 0x22)).u8(0).u16(0).noise(8);
      case 51 -> {
        extension(51, 6);
        ports().noise(16);
      }
      case 4, 41 -> {
        if (nesting < MAX_NESTING) {
          network(protocol == 4 ? 0x0800 : 0x86DD, nesting + 1);
        }
      }
      default -> out.noise(32);
    }
    out.edge();
  }

  private FrameBuilder ports() {
    out.u16(Vocabulary.PORT.number(random)).u16(Vocabulary.PORT.number(random));
    return out;
  }

  private void udp(int nesting) {
    boolean isGeneve = nesting < MAX_NESTING && random.nextInt(3) == 0;
    out.u16(Vocabulary.PORT.number(random));
    out.u16(isGeneve ? GENEVE_PORT : Vocabulary.PORT.number(random));
    out.u16(out.pick(LENGTHS)).u16(0).edge();
    if (isGeneve) {
      geneve(nesting);
    } else {
      out.noise(24);
    }
  }

  private void geneve(int nesting) {
    int optionWords = random.nextInt(3) == 0 ? random.nextInt(1, 4) : 0;
    int version = random.nextInt(12) == 0 ? 1 : 0;
    int type = out.pick(0x6558, 0x6558, 0x0800, 0x86DD, 0x1234);
    int network = Vocabulary.NETWORK_IDENTIFIER.number(random);
    out.u8(version << 6 | optionWords).u8(out.pick(0, 0x40, 0x80)).u16(type);
    out.u16(network >>> 8).u8(network).u8(0).edge();
    for (int i = 0; i < optionWords; i++) {
      out.u32(0x0102_0000);
    }
    out.edge();
    if (type == 0x6558) {
      out.innerEthernet(nesting + 2);
    } else {
      network(type, nesting + 2);
    }
  }
}
