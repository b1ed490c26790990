package io.ringtap.system.filter;

import io.ringtap.packet.LinkType;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/// Writes the link-layer header of a random packet, and what lies between it and the network layer,
/// from the outside in. Notes where each header ends.
final class FrameBuilder {
  private static final int MAX_NESTING = 4;
  private static final int MAX_802_3_LENGTH = 1500;
  private static final String[] LLC_CONTROLS = {
    "03", "13", "01 00", "05 02", "09 01", "00 00", "02 04", "63", "73", "43", "53", "6f", "7f",
    "e3", "f3", "af", "bf", "87", "97"
  };
  private static final String[] SAPS = {"42", "f0", "e0", "fe", "06", "aa", "ff", "00"};
  private static final int[] ISIS_PDUS = {15, 16, 17, 18, 20, 24, 25, 26, 27, 2, 0};
  private static final int[] PPP_PROTOCOLS = {
    0x0021, 0x0057, 0x0023, 0x002B, 0x0031, 0xC021, 0x8021, 0x0281, 0x003D
  };
  private static final int[] FAMILIES = {2, 10, 24, 28, 30, 7, 23, 0};
  private static final int[] SLL_HARDWARE = {1, 772, 512, 778, 824, 803, 65534};

  private final SplittableRandom random;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<Integer> edges = new ArrayList<>();

  FrameBuilder(SplittableRandom random) {
    this.random = random;
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  /// Where headers end, in bytes from the start of the frame.
  List<Integer> edges() {
    return edges;
  }

  FrameBuilder frame(LinkType linkType) {
    switch (linkType.number()) {
      case 1 -> ethernet(0);
      case 0, 108 -> loopback(linkType);
      case 9, 50 -> hex("ff03").ppp(0);
      case 51 -> pppoe(0);
      case 104 -> ciscoHdlc();
      case 105 -> new WlanBuilder(random, this).frame(-1);
      case 119 -> new WlanBuilder(random, this).withPrismHeader();
      case 127 -> new WlanBuilder(random, this).withRadio();
      case 163 -> new WlanBuilder(random, this).withAvsHeader(0);
      case 192 -> new WlanBuilder(random, this).withPerPacketInformation();
      case 113, 276 -> cooked(linkType);
      case 228 -> network(random.nextInt(12) == 0 ? 0x86DD : 0x0800, 0);
      case 229 -> network(random.nextInt(12) == 0 ? 0x0800 : 0x86DD, 0);
      default -> network(random.nextInt(3) == 0 ? 0x86DD : 0x0800, 0);
    }
    return this;
  }

  private void ethernet(int nesting) {
    address(Vocabulary.ETHERNET_ADDRESS).address(Vocabulary.ETHERNET_ADDRESS);
    typed(nesting);
  }

  /// A type or length, and what it announces.
  private void typed(int nesting) {
    if (random.nextInt(6) == 0) {
      u16(random.nextInt(MAX_802_3_LENGTH + 1)).edge();
      llc(nesting);
      return;
    }
    int type = etherType(nesting);
    u16(type).edge();
    payload(type, nesting);
  }

  private int etherType(int nesting) {
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> 0x0800;
      case 3, 4 -> 0x86DD;
      case 5 -> nesting < MAX_NESTING ? pick(0x8100, 0x88A8, 0x9100) : 0x0800;
      case 6 -> pick(0x8847, 0x8848);
      case 7 -> pick(0x8863, 0x8864);
      case 8 -> pick(0x0806, 0x8035);
      case 9 -> random.nextInt(0x10000);
      default -> Vocabulary.ETHER_TYPE.number(random);
    };
  }

  /// What a frame carries after the EtherType `type`.
  void payload(int type, int nesting) {
    switch (type) {
      case 0x8100, 0x88A8, 0x9100 -> {
        u16(Vocabulary.VLAN.number(random) | random.nextInt(16) << 12);
        typed(nesting + 1);
      }
      case 0x8847, 0x8848 -> mpls();
      case 0x8863 -> {
        u8(0x11).u8(pick(0x09, 0x07, 0x19, 0x65)).u16(0).u16(4).u16(0x0101).u16(0).edge();
      }
      case 0x8864 -> pppoe(nesting);
      case 0x0806, 0x8035 -> arp();
      case 0x6003 -> decnet();
      case 0x0004 -> llc(nesting);
      default -> network(type, nesting);
    }
  }

  private void network(int type, int nesting) {
    new PacketLayersBuilder(random, this).network(type, nesting);
  }

  void llc(int nesting) {
    switch (random.nextInt(5)) {
      case 0, 1 -> {
        int type = random.nextBoolean() ? etherType(MAX_NESTING) : pick(0x809B, 0x80F3, 0x8137);
        hex("aaaa03").hex(pickText("000000", "080007", "0000f8")).u16(type).edge();
        payload(type, nesting + 1);
      }
      case 2 -> {
        hex(pickText("fefe03", "fefe03", "fefe13", "fefe00")).edge();
        osi();
      }
      case 3 -> {
        String sap = pickText(SAPS);
        hex(sap).hex(random.nextInt(4) == 0 ? pickText(SAPS) : sap).hex(pickText(LLC_CONTROLS));
        edge().noise(24);
      }
      default -> {
        hex(pickText("ffff", "e0e003", "4242 03", "f0f003", "0000")).edge().noise(24);
      }
    }
  }

  /// An OSI network-layer packet; of IS-IS, with its PDU type.
  void osi() {
    u8(pick(0x81, 0x82, 0x83, 0x83, 0x83, 0x00)).u8(27).u8(1).u8(0);
    u8(pick(ISIS_PDUS) | random.nextInt(8) << 5).edge().noise(20);
  }

  private void mpls() {
    for (int left = random.nextInt(3); left >= 0; left--) {
      boolean isBottom = left == 0 && random.nextInt(6) != 0;
      int label = Vocabulary.LABEL.number(random);
      u16(label >>> 4).u8((label & 0xF) << 4 | random.nextInt(8) << 1 | (isBottom ? 1 : 0));
      u8(64).edge();
    }
    if (random.nextInt(8) == 0) {
      osi();
    } else {
      network(random.nextBoolean() ? 0x0800 : 0x86DD, MAX_NESTING);
    }
  }

  private void pppoe(int nesting) {
    u8(0x11).u8(0).u16(Vocabulary.SESSION.number(random)).u16(42).edge().ppp(nesting);
  }

  private void ppp(int nesting) {
    int protocol = random.nextBoolean() ? pick(PPP_PROTOCOLS) : pick(0x0021, 0x0057);
    u16(protocol).edge();
    switch (protocol) {
      case 0x0021 -> network(0x0800, nesting);
      case 0x0057 -> network(0x86DD, nesting);
      case 0x0023 -> osi();
      case 0x0281 -> mpls();
      default -> noise(24);
    }
  }

  private void ciscoHdlc() {
    hex(pickText("0f00", "8f00"));
    if (random.nextInt(4) == 0) {
      hex("fefe03").edge();
      osi();
    } else {
      int type = etherType(MAX_NESTING);
      u16(type).edge();
      payload(type, MAX_NESTING);
    }
  }

  private void arp() {
    u16(pick(1, 1, 1, 6)).u16(0x0800).u8(6).u8(4).u16(random.nextInt(1, 5)).edge();
    address(Vocabulary.ETHERNET_ADDRESS).address(Vocabulary.IPV4_ADDRESS);
    address(Vocabulary.ETHERNET_ADDRESS).address(Vocabulary.IPV4_ADDRESS).edge();
    noise(18);
  }

  /// A DECnet routing header, long or short, with padding or without.
  private void decnet() {
    hex("1c00");
    if (random.nextBoolean()) {
      hex("81");
    }
    int flags = pick(0x02, 0x06, 0x0A, 0x0E, 0x26);
    u8(flags);
    if ((flags & 0x07) == 0x06) {
      hex("0000 aa000400").decnetAddress().hex("0000 aa000400").decnetAddress().edge().noise(12);
    } else {
      decnetAddress().decnetAddress().edge().noise(12);
    }
  }

  private FrameBuilder decnetAddress() {
    String[] parts = Vocabulary.DECNET_ADDRESS.pick(random).split("\\.", -1);
    int address = Integer.parseInt(parts[0]) << 10 | Integer.parseInt(parts[1]);
    return u8(address).u8(address >>> 8);
  }

  private void loopback(LinkType linkType) {
    int family = random.nextInt(3) == 0 ? pick(FAMILIES) : pick(2, 2, 10, 24, 28, 30);
    boolean isHostOrder = linkType.equals(LinkType.NULL) != (random.nextInt(12) == 0);
    u32(isHostOrder ? Integer.reverseBytes(family) : family).edge();
    network(family == 2 ? 0x0800 : 0x86DD, 0);
  }

  private void cooked(LinkType linkType) {
    int type = random.nextInt(8) == 0 ? pick(0x0001, 0x0004, 0x000C) : etherType(0);
    int hardware = random.nextInt(4) == 0 ? pick(SLL_HARDWARE) : 1;
    int packetType = random.nextInt(5);
    if (linkType.equals(LinkType.LINUX_SLL)) {
      u16(packetType).u16(hardware).u16(6).address(Vocabulary.ETHERNET_ADDRESS).u16(0).u16(type);
    } else {
      u16(type).u16(0).u32(Vocabulary.INTERFACE.number(random)).u16(hardware).u8(packetType).u8(6);
      address(Vocabulary.ETHERNET_ADDRESS).u16(0);
    }
    edge();
    if (type == 0x0001) {
      u16(0xFFFF).noise(30);
    } else {
      payload(type, 0);
    }
  }

  /// What Geneve carries that says it is Ethernet.
  void innerEthernet(int nesting) {
    ethernet(nesting);
  }

  /// A value of `addresses`, as packets carry it.
  FrameBuilder address(Vocabulary addresses) {
    String text = addresses.pick(random);
    if (addresses == Vocabulary.ETHERNET_ADDRESS) {
      return hex(text.replace(":", ""));
    }
    byte[] bytes = InetAddress.ofLiteral(text).getAddress();
    if (addresses == Vocabulary.IPV6_ADDRESS && bytes.length == 4) { // ofLiteral unwraps ::ffff:
      hex("00000000000000000000ffff");
    }
    return bytes(bytes);
  }

  FrameBuilder hex(String bytes) {
    return bytes(HexFormat.of().parseHex(bytes.replace(" ", "")));
  }

  FrameBuilder bytes(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  FrameBuilder u8(int value) {
    out.write(value);
    return this;
  }

  FrameBuilder u16(int value) {
    return u8(value >>> 8).u8(value);
  }

  FrameBuilder u32(int value) {
    return u16(value >>> 16).u16(value);
  }

  /// Up to `most` random bytes.
  FrameBuilder noise(int most) {
    byte[] bytes = new byte[random.nextInt(most + 1)];
    random.nextBytes(bytes);
    return bytes(bytes);
  }

  /// Notes that a header ends here.
  FrameBuilder edge() {
    edges.add(out.size());
    return this;
  }

  int pick(int... values) {
    return values[random.nextInt(values.length)];
  }

  private String pickText(String... texts) {
    return texts[random.nextInt(texts.length)];
  }
}
