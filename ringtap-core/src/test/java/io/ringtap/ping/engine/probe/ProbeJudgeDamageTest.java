package io.ringtap.ping.engine.probe;

import static io.ringtap.ping.Pings.request;
import static io.ringtap.ping.engine.probe.JudgeFixture.MILLI;
import static io.ringtap.ping.engine.probe.JudgeFixture.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.Heard;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingOutcome.Corrupted;
import io.ringtap.ping.PingOutcome.Damage;
import io.ringtap.ping.PingOutcome.LateReply;
import io.ringtap.ping.PingOutcome.Reply;
import io.ringtap.ping.PingOutcome.TimedOut;
import io.ringtap.ping.PingOutcome.Timestamps;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.Pings;
import io.ringtap.ping.RunningPing;
import io.ringtap.ping.engine.probe.EngineCounters.Counter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is a damaged answer to a probe of ours, and what is not ours at all.
class ProbeJudgeDamageTest {
  private static final int PATTERN = IcmpHeader.BYTES + ProbeCookie.BYTES;

  private final JudgeFixture fixture = new JudgeFixture();
  private final Heard heard = fixture.heard;

  private EchoFrame replyTo(PingRequest request) {
    int probe = fixture.sendAndDepart(fixture.start(request));
    fixture.advance(MILLI);
    return EchoFrame.reply(fixture, probe);
  }

  private void assertForeign() {
    assertThat(heard.outcomes).isEmpty();
    assertThat(fixture.counters.get(Counter.FOREIGN)).isOne();
    assertThat(fixture.counters.get(Counter.ANSWERS)).isZero();
  }

  private void assertCorrupted(Damage damage) {
    assertCorrupted(damage, Pings.TARGET);
  }

  private void assertCorrupted(Damage damage, IpAddress from) {
    assertCorrupted(damage, from, PingOptions.DEFAULT_PAYLOAD_BYTES);
  }

  private void assertCorrupted(Damage damage, IpAddress from, int payloadBytes) {
    assertThat(heard.outcomes)
        .containsExactly(
            new Corrupted(
                1, damage, payloadBytes, fixture.arrival(from, MILLI, EchoFrame.HOP_LIMIT)));
    assertThat(fixture.counters.get(Counter.FOREIGN)).isZero();
  }

  @Test
  void reportsAWrongChecksum() {
    EchoFrame reply = replyTo(request()).flipped(PATTERN, 3);

    fixture.pass(reply::arrive);

    assertCorrupted(Damage.CHECKSUM);
  }

  @Test
  void reportsAWrongChecksumOfAnIpv6Reply() {
    EchoFrame reply = replyTo(request(Pings.TARGET6)).flipped(PATTERN + 5, 0);

    fixture.pass(reply::arrive);

    assertCorrupted(Damage.CHECKSUM, Pings.TARGET6);
  }

  @Test
  void reportsAChangedPayloadUnderARightChecksum() {
    EchoFrame reply = replyTo(request()).flipped(PATTERN + 9, 7).sealed();

    fixture.pass(reply::arrive);

    assertCorrupted(Damage.PAYLOAD);
  }

  /// Whatever the payload is filled with, and however much of it there is: two sizes without
  /// cookie, one without tag, and two that end within a word.
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 11, 18, 61})
  void looksAtWhateverThePayloadIsFilledWith(int bytes) {
    for (PingOptions options :
        List.of(
            request(bytes).options().withRandomPayload(),
            request(bytes).options().withPattern((byte) 0xde, (byte) 0xad, (byte) 0))) {
      EchoFrame intact = replyTo(request().with(options));
      fixture.pass(intact::arrive);
      EchoFrame damaged = replyTo(request().with(options)).flipped((int) intact.end() - 1, 3);
      fixture.pass(damaged.sealed()::arrive);
    }

    assertThat(heard.outcomes).hasSize(4);
    assertThat(heard.outcomes.stream().filter(Reply.class::isInstance)).hasSize(2);
    assertThat(heard.outcomes)
        .filteredOn(Corrupted.class::isInstance)
        .allMatch(outcome -> ((Corrupted) outcome).damage() == Damage.PAYLOAD)
        .hasSize(2);
  }

  /// A timestamp reply is known by its type, for it has no cookie.
  @Test
  void takesNoEchoReplyForATimestampReplyNorTheOtherWayRound() {
    PingOptions times = request().options().withTimestampRequest();
    EchoFrame echo = replyTo(request().with(times));
    EchoFrame timestamp = replyTo(request()).typed(IcmpType.TIMESTAMP_REPLY);
    fixture.pass(echo::arrive);
    fixture.pass(timestamp::arrive);
    assertThat(heard.outcomes).isEmpty();
    assertThat(fixture.counters.get(Counter.FOREIGN)).isEqualTo(2);

    fixture.pass(echo.typed(IcmpType.TIMESTAMP_REPLY)::arrive);

    assertThat(heard.outcomes)
        .singleElement()
        .isInstanceOfSatisfying(
            Reply.class,
            reply ->
                assertThat(reply.arrival().timestamps())
                    .isEqualTo(new Timestamps(0x00010203, 0x04050607, 0x08090a0b)));
  }

  @Test
  void looksAtThePayloadEvenIfTheDeviceVouchesForTheChecksum() {
    EchoFrame reply = replyTo(request()).flipped(PATTERN, 0).summed();

    fixture.pass(reply::arrive);

    assertCorrupted(Damage.PAYLOAD);
  }

  @Test
  void believesTheDeviceThatVouchesForTheChecksum() {
    EchoFrame reply = replyTo(request()).flipped(2, 0).summed();

    fixture.pass(reply::arrive);

    assertThat(heard.outcomes).singleElement().isInstanceOf(Reply.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 8, 7, 0})
  void reportsATruncatedReply(int left) {
    EchoFrame reply = replyTo(request()).cutTo(left).sealed();

    fixture.pass(reply::arrive);

    assertCorrupted(Damage.TRUNCATED, Pings.TARGET, left);
  }

  @Test
  void reportsAReplyWithBytesTooMany() {
    EchoFrame reply = replyTo(request()).lengthenedBy(2).sealed();

    fixture.pass(reply::arrive);

    assertCorrupted(Damage.PAYLOAD, Pings.TARGET, PingOptions.DEFAULT_PAYLOAD_BYTES + 2);
  }

  @Test
  void reportsACookieWithUpToEightWrongBitsAsDamaged() {
    EchoFrame reply = replyTo(request());
    for (int bit = 0; bit < 8; bit++) {
      reply.flipped(IcmpHeader.BYTES + bit, bit);
    }
    reply.sealed();

    fixture.pass(reply::arrive);

    assertCorrupted(Damage.PAYLOAD);
  }

  @Test
  void takesACookieWithNineWrongBitsForForeign() {
    EchoFrame reply = replyTo(request());
    for (int bit = 0; bit < 8; bit++) {
      reply.flipped(IcmpHeader.BYTES + bit, bit);
    }
    reply.flipped(IcmpHeader.BYTES, 5).sealed();

    fixture.pass(reply::arrive);

    assertForeign();
  }

  @Test
  void takesAnotherCookieForForeign() {
    EchoFrame reply = replyTo(request());
    reply.cookie(fixture.cookies.of(reply.probe() + 1, fixture.monotonic())).sealed();

    fixture.pass(reply::arrive);

    assertForeign();
  }

  @Test
  void takesADamagedCookieFromElsewhereForForeign() {
    EchoFrame reply = replyTo(request()).from(Pings.OTHER).flipped(IcmpHeader.BYTES, 0).sealed();

    fixture.pass(reply::arrive);

    assertForeign();
  }

  @Test
  void takesAWrongChecksumFromElsewhereForForeign() {
    EchoFrame reply = replyTo(request()).from(Pings.OTHER).flipped(PATTERN, 0);

    fixture.pass(reply::arrive);

    assertForeign();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void takesAReplyFromElsewhereWithoutRoomForACookieForForeign(int payloadBytes) {
    EchoFrame reply = replyTo(request(payloadBytes)).from(Pings.OTHER);

    fixture.pass(reply::arrive);

    assertForeign();
  }

  @Test
  void takesATruncatedReplyFromElsewhereWithoutItsCookieForForeign() {
    EchoFrame reply = replyTo(request()).cutTo(7).from(Pings.OTHER);

    fixture.pass(reply::arrive);

    assertForeign();
  }

  @Test
  void tellsAnIpv4TargetFromTheIpv6AddressWithTheSameNumber() {
    IpAddress mapped = IpAddress.ofIpv6(0, Pings.TARGET.low());
    EchoFrame reply = replyTo(request(7)).from(mapped);

    fixture.pass(reply::arrive);

    assertForeign();
  }

  @Test
  void takesAReplyToAnIndexThatWasNeverUsedForForeign() {
    int used = fixture.sendAndDepart(fixture.start(request()));
    EchoFrame reply = EchoFrame.reply(fixture, used).flipped(7, 4).sealed();

    fixture.pass(reply::arrive);

    assertForeign();
  }

  @Test
  void takesAReplyToAProbeThatWasNotSentForForeign() {
    int probe = fixture.refuse(fixture.start(request()), 1);
    EchoFrame reply = EchoFrame.reply(fixture, probe);

    fixture.judge.observe();
    reply.arrive();

    assertForeign();
  }

  @Test
  void takesAnAnswerToTheFormerProbeOfAnIndexForForeign() {
    RunningPing ping = fixture.start(request());
    int probe = fixture.sendAndDepart(ping);
    EchoFrame stale = EchoFrame.reply(fixture, probe);
    fixture.pass();
    fixture.advance(SECOND);
    fixture.pass();
    int reused;
    do {
      fixture.advance(1);
      reused = fixture.sendAndDepart(ping);
    } while (reused != probe);
    fixture.takeNews();
    heard.outcomes.clear();

    fixture.pass(stale.at(fixture.epoch())::arrive);

    assertForeign();
    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());
    assertThat(heard.outcomes).singleElement().isInstanceOf(Reply.class);
  }

  @Test
  void doesNotTakeADepartureWithAForeignCookieForOurs() {
    RunningPing ping = fixture.start(request());
    int probe = fixture.send(ping);
    EchoFrame forged = EchoFrame.request(fixture, probe).cookie(4711).sealed();
    fixture.advance(MILLI);

    forged.depart();

    assertThat(fixture.table.departedNanos(probe)).isZero();
    assertThat(fixture.counters.get(Counter.FOREIGN)).isOne();
  }

  /// Address translation on this machine may change identifier and target on the way out, and
  /// leaves the cookie.
  @Test
  void knowsADepartureWhoseIdentifierAndTargetWereTranslated() {
    JudgeFixture large = new JudgeFixture(1 << 18);
    RunningPing ping = large.start(request());
    int probe = 0;
    while (probe < 1 << 16) { // its identifier is not the block's first
      probe = large.send(ping);
      large.judge.adopt(probe);
    }

    EchoFrame.request(large, probe).identifier(0x1111).to(Pings.OTHER).sealed().depart();

    assertThat(large.table.departedNanos(probe)).isEqualTo(large.monotonic());
    assertThat(large.table.departedNanos(probe & 0xffff)).isZero();
  }

  @Test
  void doesNotTakeATranslatedDepartureWithoutACookieForOurs() {
    int probe = fixture.send(fixture.start(request(7)));

    EchoFrame.request(fixture, probe).identifier(0x1111).depart();

    assertThat(fixture.table.departedNanos(probe)).isZero();
    assertThat(fixture.counters.get(Counter.FOREIGN)).isOne();
  }

  @Test
  void doesNotCountDamageAfterTheDeadlineAsAReply() {
    RunningPing ping = fixture.start(request());
    int probe = fixture.sendAndDepart(ping);
    fixture.pass();
    fixture.advance(ping.timeoutNanos() + 1);

    fixture.pass(() -> EchoFrame.reply(fixture, probe).flipped(PATTERN, 0).arrive());

    assertThat(heard.outcomes).singleElement().isInstanceOf(TimedOut.class);
    assertThat(ping.counts().corrupted()).isZero();
  }

  @Test
  void reportsAnIntactReplyAfterADamagedOneAsLate() {
    RunningPing ping = fixture.start(request());
    int probe = fixture.sendAndDepart(ping);
    fixture.pass(() -> EchoFrame.reply(fixture, probe).flipped(PATTERN, 0).arrive());
    fixture.advance(MILLI);

    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());

    assertThat(heard.outcomes).hasExactlyElementsOfTypes(Corrupted.class, LateReply.class);
  }
}
