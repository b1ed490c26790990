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
