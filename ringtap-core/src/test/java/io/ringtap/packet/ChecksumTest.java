package io.ringtap.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ChecksumTest {

  @Test
  void sumsTheExampleOfRfc1071() {
    MemorySegment data = Frames.hex("0001 f203 f4f5 f6f7");

    int checksum = Checksum.fold(Checksum.sum(data, 0, data.byteSize()));

    assertThat(checksum).isEqualTo(~0xDDF2 & 0xFFFF);
  }

  @Test
  @Randomized
  void agreesWithSixteenBitsAtATimeForEveryLengthAndAlignment() {
    Property.forAll(random -> {
      int offset = random.nextInt(17);
      int length = random.nextInt(random.nextBoolean() ? 24 : 2000);
      MemorySegment data = Frames.random(random, offset + length);

      int checksum = Checksum.fold(Checksum.sum(data, offset, length));

      assertThat(checksum).isEqualTo(naive(data, offset, length));
    });
  }

  @Test
  void carriesOutOfTheHighestWord() {
    byte[] ones = new byte[65_535];
    Arrays.fill(ones, (byte) 0xFF);
    MemorySegment data = MemorySegment.ofArray(ones);

    int checksum = Checksum.fold(Checksum.sum(data, 0, ones.length));

    assertThat(checksum).isEqualTo(naive(data, 0, ones.length));
  }

  @Test
  @Randomized
  void addsUpFromPartsOfEvenLength() {
    Property.forAll(random -> {
      int first = random.nextInt(500) * 2;
      int second = random.nextInt(1000);
      MemorySegment data = Frames.random(random, first + second);

      long sum = Checksum.sum(data, 0, first) + Checksum.sum(data, first, second);

      assertThat(Checksum.fold(sum)).isEqualTo(naive(data, 0, first + second));
    });
  }

  @Test
  @Randomized
  void acceptsWhatItSummedAndNothingThatHasOneOctetChanged() {
    Property.forAll(random -> {
      int length = random.nextInt(2, 100);
      MemorySegment data = Frames.random(random, length);
      NetworkOrder.unsignedShort(data, 0, 0);
      NetworkOrder.unsignedShort(data, 0, Checksum.fold(Checksum.sum(data, 0, length)));

      boolean valid = Checksum.isValid(Checksum.sum(data, 0, length));
      int damaged = random.nextInt(length);
      NetworkOrder.unsignedByte(
          data, damaged, NetworkOrder.unsignedByte(data, damaged) ^ random.nextInt(1, 256));
      boolean validWhenDamaged = Checksum.isValid(Checksum.sum(data, 0, length));

      assertThat(valid).isTrue();
      assertThat(validWhenDamaged).isFalse();
    });
  }

  @Test
  @Randomized
  void sumsThePseudoHeaderOfIpv4() {
    Property.forAll(random -> {
      int source = random.nextInt();
      int destination = random.nextInt();
      int length = random.nextInt(1 << 16);
      MemorySegment written = MemorySegment.ofArray(new byte[12]);
      NetworkOrder.word(written, 0, source);
      NetworkOrder.word(written, 4, destination);
      NetworkOrder.unsignedShort(written, 8, IpProtocol.UDP);
      NetworkOrder.unsignedShort(written, 10, length);

      long sum = Checksum.pseudoHeader(source, destination, IpProtocol.UDP, length);

      assertThat(Checksum.fold(sum)).isEqualTo(naive(written, 0, 12));
    });
  }

  @Test
  @Randomized
  void sumsThePseudoHeaderOfIpv6() {
    Property.forAll(random -> {
      int length = random.nextInt(1 << 20);
      MemorySegment written = Frames.random(random, 40);
      NetworkOrder.word(written, 32, length);
      NetworkOrder.word(written, 36, IpProtocol.ICMPV6);

      long sum =
          Checksum.pseudoHeader(
              NetworkOrder.doubleWord(written, 0),
              NetworkOrder.doubleWord(written, 8),
              NetworkOrder.doubleWord(written, 16),
              NetworkOrder.doubleWord(written, 24),
              IpProtocol.ICMPV6,
              length);

      assertThat(Checksum.fold(sum)).isEqualTo(naive(written, 0, 40));
    });
  }

  /// RFC 1071 §1 literally: sixteen bits at a time, every carry added back at once.
  private static int naive(MemorySegment data, int offset, int length) {
    int sum = 0;
    for (int i = 0; i < length; i += 2) {
      int high = NetworkOrder.unsignedByte(data, offset + i);
      int low = i + 1 < length ? NetworkOrder.unsignedByte(data, offset + i + 1) : 0;
      sum += high << 8 | low;
      if (sum > 0xFFFF) {
        sum = (sum & 0xFFFF) + 1;
      }
    }
    return ~sum & 0xFFFF;
  }
}
