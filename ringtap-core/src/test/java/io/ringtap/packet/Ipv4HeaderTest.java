package io.ringtap.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Ipv4HeaderTest {
  private static final int ETHERNET = EthernetHeader.BYTES;

  private final HeaderClaims claims =
      new HeaderClaims("IPv4 header", Ipv4Header::isWhole, Ipv4Header::check);

  @Test
  void readsWhatLinuxSent() {
    MemorySegment frame = Frames.hex(Frames.ECHO_REQUEST);

    assertThat(Ipv4Header.check(frame, ETHERNET, frame.byteSize())).isNull();
    assertThat(Ipv4Header.version(frame, ETHERNET)).isEqualTo(4);
    assertThat(Ipv4Header.headerLength(frame, ETHERNET)).isEqualTo(20);
    assertThat(Ipv4Header.typeOfService(frame, ETHERNET)).isZero();
    assertThat(Ipv4Header.totalLength(frame, ETHERNET)).isEqualTo(36);
    assertThat(Ipv4Header.identification(frame, ETHERNET)).isEqualTo(0x17D6);
    assertThat(Ipv4Header.dontFragment(frame, ETHERNET)).isTrue();
    assertThat(Ipv4Header.moreFragments(frame, ETHERNET)).isFalse();
    assertThat(Ipv4Header.fragmentOffset(frame, ETHERNET)).isZero();
    assertThat(Ipv4Header.timeToLive(frame, ETHERNET)).isEqualTo(64);
    assertThat(Ipv4Header.protocol(frame, ETHERNET)).isEqualTo(IpProtocol.ICMP);
    assertThat(Ipv4Header.checksum(frame, ETHERNET)).isEqualTo(0x2501);
    assertThat(Ipv4Header.isChecksumValid(frame, ETHERNET)).isTrue();
    assertThat(Ipv4Header.source(frame, ETHERNET)).isEqualTo(0x7F00_0001);
    assertThat(Ipv4Header.destination(frame, ETHERNET)).isEqualTo(0x7F00_0001);
  }

  @Test
  void writesTheBytesThatLinuxSent() {
    MemorySegment frame = MemorySegment.ofArray(new byte[Ipv4Header.MIN_BYTES]);

    Ipv4Header.write(frame, 0, 0, 36, 0x17D6, 64, IpProtocol.ICMP, 0x7F00_0001, 0x7F00_0001);
    Ipv4Header.fragment(frame, 0, true, false, 0);
    Ipv4Header.updateChecksum(frame, 0);

    MemorySegment sent = Frames.hex(Frames.ECHO_REQUEST).asSlice(ETHERNET, Ipv4Header.MIN_BYTES);
    assertThat(frame.mismatch(sent)).isEqualTo(-1);
  }

  @Test
  @Randomized
  void readsWhatItWrote() {
    Property.forAll(random -> {
      int offset = random.nextInt(32);
      int typeOfService = random.nextInt(256);
      int totalLength = random.nextInt(Ipv4Header.MIN_BYTES, 1 << 16);
      int identification = random.nextInt(1 << 16);
      int timeToLive = random.nextInt(256);
      int protocol = random.nextInt(256);
      int source = random.nextInt();
      int destination = random.nextInt();
      MemorySegment frame = Frames.random(random, offset + Ipv4Header.MIN_BYTES);

      Ipv4Header.write(
          frame,
          offset,
          typeOfService,
          totalLength,
          identification,
          timeToLive,
          protocol,
          source,
          destination);

      assertThat(Ipv4Header.check(frame, offset, frame.byteSize())).isNull();
      assertThat(Ipv4Header.isChecksumValid(frame, offset)).isTrue();
      assertThat(Ipv4Header.headerLength(frame, offset)).isEqualTo(Ipv4Header.MIN_BYTES);
      assertThat(Ipv4Header.typeOfService(frame, offset)).isEqualTo(typeOfService);
      assertThat(Ipv4Header.totalLength(frame, offset)).isEqualTo(totalLength);
      assertThat(Ipv4Header.identification(frame, offset)).isEqualTo(identification);
      assertThat(Ipv4Header.dontFragment(frame, offset)).isFalse();
      assertThat(Ipv4Header.moreFragments(frame, offset)).isFalse();
      assertThat(Ipv4Header.fragmentOffset(frame, offset)).isZero();
      assertThat(Ipv4Header.timeToLive(frame, offset)).isEqualTo(timeToLive);
      assertThat(Ipv4Header.protocol(frame, offset)).isEqualTo(protocol);
      assertThat(Ipv4Header.source(frame, offset)).isEqualTo(source);
      assertThat(Ipv4Header.destination(frame, offset)).isEqualTo(destination);
    });
  }

  @Test
  @Randomized
  void readsWhatItsSettersSet() {
    Property.forAll(random -> {
      MemorySegment frame = MemorySegment.ofArray(new byte[60]);
      writeWithOptions(random, frame, 0, 60);
      boolean dontFragment = random.nextBoolean();
      boolean moreFragments = random.nextBoolean();
      int fragmentOffset = random.nextInt(1 << 13) * 8;
      int timeToLive = random.nextInt(256);
      int totalLength = random.nextInt(60, 1 << 16);

      Ipv4Header.fragment(frame, 0, dontFragment, moreFragments, fragmentOffset);
      Ipv4Header.timeToLive(frame, 0, timeToLive);
      Ipv4Header.totalLength(frame, 0, totalLength);
      Ipv4Header.updateChecksum(frame, 0);

      assertThat(Ipv4Header.dontFragment(frame, 0)).isEqualTo(dontFragment);
      assertThat(Ipv4Header.moreFragments(frame, 0)).isEqualTo(moreFragments);
      assertThat(Ipv4Header.fragmentOffset(frame, 0)).isEqualTo(fragmentOffset);
      assertThat(Ipv4Header.timeToLive(frame, 0)).isEqualTo(timeToLive);
      assertThat(Ipv4Header.totalLength(frame, 0)).isEqualTo(totalLength);
      assertThat(Ipv4Header.headerLength(frame, 0)).isEqualTo(60);
      assertThat(Ipv4Header.isChecksumValid(frame, 0)).isTrue();
    });
  }

  @Test
  void seesThatAnOptionWasDamaged() {
    MemorySegment frame = MemorySegment.ofArray(new byte[24]);
    writeWithOptions(new SplittableRandom(1), frame, 0, 24);

    NetworkOrder.unsignedByte(frame, 23, NetworkOrder.unsignedByte(frame, 23) ^ 1);

    assertThat(Ipv4Header.isChecksumValid(frame, 0)).isFalse();
  }

  @Test
  @Randomized
  void refusesEveryTruncation() {
    claims.refusesEveryTruncation(
        Ipv4Header.MIN_BYTES,
        (random, frame, offset) -> writeWithOptions(random, frame, offset, 20));
  }

  @Test
  @Randomized
  void refusesEveryTruncationOfOptions() {
    claims.refusesEveryTruncation(
        44, (random, frame, offset) -> writeWithOptions(random, frame, offset, 44));
  }

  @Test
  void refusesAnotherVersion() {
    MemorySegment frame = Frames.hex(Frames.ECHO_REQUEST_IPV6);

    assertThat(Ipv4Header.isWhole(frame, ETHERNET, frame.byteSize())).isFalse();
    assertThat(Ipv4Header.check(frame, ETHERNET, frame.byteSize()))
        .isEqualTo(new Malformed("IPv4 header", "wrong version", 4, 6, 14));
  }

  @Test
  void refusesAHeaderLengthBelowTwenty() {
    MemorySegment frame = Frames.hex(Frames.ECHO_REQUEST);
    Ipv4Header.headerLength(frame, ETHERNET, 16);

    Malformed malformed = Ipv4Header.check(frame, ETHERNET, frame.byteSize());

    assertThat(malformed)
        .isEqualTo(new Malformed("IPv4 header", "header length too small", 20, 16, 14));
  }

  @Test
  void refusesATotalLengthThatEndsInTheHeader() {
    MemorySegment frame = Frames.hex(Frames.ECHO_REQUEST);
    Ipv4Header.totalLength(frame, ETHERNET, 19);

    Malformed malformed = Ipv4Header.check(frame, ETHERNET, frame.byteSize());

    assertThat(malformed)
        .isEqualTo(
            new Malformed("IPv4 header", "total length smaller than the header", 20, 19, 14));
  }

  @Test
  @Randomized
  void readsWhateverIsWhole() {
    claims.readsWhateverIsWhole(
        64,
        (random, frame, offset) ->
            NetworkOrder.unsignedByte(frame, offset, 0x40 | random.nextInt(16)),
        (frame, offset) -> {
          int _ = Ipv4Header.typeOfService(frame, offset);
          int _ = Ipv4Header.identification(frame, offset);
          int _ = Ipv4Header.fragmentOffset(frame, offset);
          int _ = Ipv4Header.timeToLive(frame, offset);
          int _ = Ipv4Header.protocol(frame, offset);
          int _ = Ipv4Header.checksum(frame, offset);
          int _ = Ipv4Header.source(frame, offset);
          int _ = Ipv4Header.destination(frame, offset);
          boolean _ = Ipv4Header.isChecksumValid(frame, offset);
        });
  }

  @Test
  void saysInOneLineWhatIsWrong() {
    MemorySegment frame = Frames.hex(Frames.ECHO_REQUEST);

    Malformed malformed = Ipv4Header.check(frame, ETHERNET, ETHERNET + 12);

    assertThat(malformed).hasToString("IPv4 header at byte 14: cut short: needed 20, had 12");
  }

  private static void writeWithOptions(
      SplittableRandom random, MemorySegment frame, long offset, int headerLength) {
    Ipv4Header.write(
        frame,
        offset,
        0,
        headerLength + random.nextInt(1000),
        random.nextInt(),
        64,
        IpProtocol.ICMP,
        random.nextInt(),
        random.nextInt());
    Ipv4Header.headerLength(frame, offset, headerLength);
    Ipv4Header.updateChecksum(frame, offset);
  }
}
