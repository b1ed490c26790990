package io.ringtap.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DnsMessageTest {
  /// A query for `www.example.com` with its answer, whose name points to that of the question.
  private static final String ANSWER =
      """
      0539 8583 0001 0001 0002 0003
      03777777 076578616d706c65 03636f6d 00 0001 0001
      c00c 0001 0001 0000012c 0004 c0000201\
      """;

  private final HeaderClaims claims =
      new HeaderClaims("DNS header", DnsMessage::isWhole, DnsMessage::check);

  @Test
  void readsTheHeader() {
    MemorySegment message = Frames.hex(ANSWER);

    assertThat(DnsMessage.id(message, 0)).isEqualTo(1337);
    assertThat(DnsMessage.flags(message, 0) & DnsMessage.RESPONSE).isNotZero();
    assertThat(DnsMessage.opcode(message, 0)).isZero();
    assertThat(DnsMessage.responseCode(message, 0)).isEqualTo(3);
    assertThat(DnsMessage.questions(message, 0)).isEqualTo(1);
    assertThat(DnsMessage.answers(message, 0)).isEqualTo(1);
    assertThat(DnsMessage.authorities(message, 0)).isEqualTo(2);
    assertThat(DnsMessage.additionals(message, 0)).isEqualTo(3);
  }

  @Test
  void walksToTheAnswer() {
    MemorySegment message = Frames.hex(ANSWER);
    long end = message.byteSize();

    long question = DnsMessage.skipName(message, DnsMessage.BYTES, end);
    long name = question + DnsRecord.QUESTION_BYTES;
    long answer = DnsMessage.skipName(message, name, end);

    assertThat(DnsRecord.isWholeQuestion(question, end)).isTrue();
    assertThat(DnsRecord.isWhole(message, answer, end)).isTrue();
    assertThat(DnsRecord.isWhole(message, answer, end - 1)).isFalse();
    assertThat(DnsRecord.type(message, answer)).isEqualTo(DnsRecord.A);
    assertThat(DnsRecord.recordClass(message, answer)).isEqualTo(DnsRecord.CLASS_INTERNET);
    assertThat(DnsRecord.timeToLive(message, answer)).isEqualTo(300);
    assertThat(DnsRecord.dataLength(message, answer)).isEqualTo(4);
    assertThat(name(message, name)).isEqualTo("www.example.com.");
  }

  @Test
  void namesTheRoot() {
    assertThat(name(Frames.hex("00"), 0)).isEqualTo(".");
  }

  @Test
  void escapesWhatATerminalWouldObey() {
    assertThat(name(Frames.hex("06 1b5b324a2e5c 01 c3 00"), 0)).isEqualTo("\\027[2J\\.\\\\.\\195.");
  }

  @Test
  void refusesPointersThatDoNotLeadBack() {
    assertThat(name(Frames.hex("c000"), 0)).isNull();
    assertThat(name(Frames.hex("0161 c000"), 0)).isNull();
    assertThat(name(Frames.hex("c004 0000 c000"), 0)).isNull();
    assertThat(name(Frames.hex("0161 c002 c002"), 4)).isNull();
  }

  @Test
  void refusesANameOfMoreThan255Octets() {
    assertThat(name(Frames.hex(("3f" + "61".repeat(63)).repeat(4) + "00"), 0)).isNull();
  }

  @Test
  @Randomized
  void endsWhateverTheBytes() {
    Property.forAll(random -> {
      MemorySegment noise = Frames.random(random, random.nextInt(64));
      for (int i = 0; i < noise.byteSize(); i++) {
        if (random.nextInt(3) == 0) {
          NetworkOrder.unsignedByte(noise, i, random.nextBoolean() ? 0xC0 : random.nextInt(4));
        }
      }
      int at = random.nextInt(64);
      StringBuilder text = new StringBuilder();

      boolean isSound = DnsMessage.appendName(text, noise, 0, at, noise.byteSize());
      long next = DnsMessage.skipName(noise, at, noise.byteSize());

      assertThat(text.chars()).allMatch(c -> c >= ' ' && c <= '~');
      assertThat(next).isLessThanOrEqualTo(noise.byteSize());
      assertThat(!isSound || next > at).isTrue();
    });
  }

  @Test
  @Randomized
  void refusesEveryTruncation() {
    claims.refusesEveryTruncation(DnsMessage.BYTES, (_, _, _) -> {});
  }

  private static @Nullable String name(MemorySegment message, long at) {
    StringBuilder text = new StringBuilder();
    return DnsMessage.appendName(text, message, 0, at, message.byteSize()) ? text.toString() : null;
  }
}
