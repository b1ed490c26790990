package io.ringtap.system.filter;

import java.util.SplittableRandom;

/// Adds frames of IEEE 802.11 to a frame under construction, with and without a radiotap header.
final class WlanBuilder {
  private static final int[] CONTROLS = {
    0x00, 0x40, 0x50, 0x80, 0xB0, 0xC0, 0xA4, 0xB4, 0xC4, 0xD4, 0xE4, 0x48, 0x0C
  };
  private static final int[] DATA = {0x08, 0x08, 0x88, 0x88, 0x18, 0xC8};

  private final SplittableRandom random;
  private final FrameBuilder out;

  WlanBuilder(SplittableRandom random, FrameBuilder out) {
    this.random = random;
    this.out = out;
  }

  void withRadio() {
    boolean hasStamp = random.nextBoolean();
    boolean hasFlags = random.nextInt(4) != 0;
    boolean goesOn = random.nextInt(8) == 0;
    int flags = out.pick(0, 0x10, 0x20, 0x30);
    int more = random.nextInt(6);
    int length = 8 + (goesOn ? 4 : 0) + (hasStamp ? 8 : 0) + (hasFlags ? 1 : 0) + more;
    out.u8(0).u8(0).u8(length).u8(length >>> 8);
    out.u8((hasStamp ? 1 : 0) | (hasFlags ? 2 : 0)).u8(0).u8(0).u8(goesOn ? 0x80 : 0);
    if (goesOn) {
      out.u32(0);
    }
    if (hasStamp) {
      out.u32(random.nextInt()).u32(random.nextInt());
    }
    if (hasFlags) {
      out.u8(flags);
    }
    for (int i = 0; i < more; i++) {
      out.u8(random.nextInt(256));
    }
    out.edge();
    boolean isPadded = hasFlags && !goesOn && (flags & 0x20) != 0;
    frame(isPadded ? length : -1);
  }

  /// @param magic the number that the header begins with, before its version
  void withAvsHeader(int magic) {
    int length = random.nextInt(6) == 0 ? random.nextInt(80) : 64;
    out.u32(magic | random.nextInt(4)).u32(length);
    noise(length - 8);
    frame(-1);
  }

  void withPrismHeader() {
    if (random.nextInt(3) == 0) {
      withAvsHeader(0x80211000);
    } else {
      out.u32(random.nextInt(4) == 0 ? 0x80211000 + 0x1000 : 0x44000000).u32(144);
      noise(136);
      frame(-1);
    }
  }

  void withPerPacketInformation() {
    int length = 8 + random.nextInt(24);
    int linkType = random.nextInt(5) == 0 ? out.pick(1, 0, 127, 105 << 8) : 105;
    out.u8(0).u8(random.nextInt(2)).u8(length).u8(length >>> 8).u32(Integer.reverseBytes(linkType));
    noise(length - 8);
    frame(-1);
  }

  private void noise(int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.u8(random.nextInt(256));
    }
    out.edge();
  }

  /// @param before bytes before the frame, if its header is filled up to a multiple of four from
  ///   the packet's beginning on; -1 if not
  void frame(int before) {
    int control = random.nextInt(3) == 0 ? out.pick(CONTROLS) : out.pick(DATA);
    int direction = random.nextInt(4);
    out.u8(control).u8(direction | out.pick(0, 0x40, 0x08)).u16(random.nextInt(0x10000));
    for (int i = 0; i < 3; i++) {
      out.address(Vocabulary.ETHERNET_ADDRESS);
    }
    out.u16(random.nextInt(0x10000));
    boolean isData = (control & 0x0C) == 0x08;
    int length = 24;
    if (isData && (control & 0x80) != 0) {
      out.u16(random.nextInt(8));
      length += 2;
    }
    out.edge();
    for (; isData && before >= 0 && (before + length) % 4 != 0; length++) {
      out.u8(0);
    }
    if (isData && direction != 3) {
      out.llc(0);
    } else {
      out.address(Vocabulary.ETHERNET_ADDRESS).noise(40);
    }
  }
}
