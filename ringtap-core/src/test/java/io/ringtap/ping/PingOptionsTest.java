package io.ringtap.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PingOptionsTest {
  private static final PingOptions DEFAULTS = PingOptions.DEFAULT;

  /// Too long for the timing wheel, and for nanoseconds in a `long`.
  @ParameterizedTest
  @ValueSource(strings = {"PT24H0.000000001S", "P4D", "P200000D", "PT-0.000000001S"})
  void refusesWaitsThatTheScheduleCannotKeep(Duration wait) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEFAULTS.withInterval(wait))
        .withMessageContaining("interval is " + wait);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEFAULTS.withStartDelay(wait))
        .withMessageContaining("startDelay is " + wait);
  }

  @Test
  void acceptsTheLongestWaits() {
    PingOptions options =
        DEFAULTS.withInterval(PingOptions.MAX_WAIT).withStartDelay(PingOptions.MAX_WAIT);

    assertThat(options.interval()).isEqualTo(Duration.ofDays(1));
    assertThat(options.startDelay()).isEqualTo(Duration.ofDays(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT1H0.000000001S"})
  void refusesTimeoutsThatAreNoneOrTooLong(Duration timeout) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEFAULTS.withTimeout(timeout))
        .withMessage("timeout is " + timeout + "; it must be more than 0 and at most an hour");
  }

  @Test
  void retriesTakeThePlaceOfTheCountAndTheCountOfRetries() {
    PingOptions retrying = DEFAULTS.withRetries(3, 1.5);

    assertThat(retrying.count()).isEqualTo(4);
    assertThat(retrying.backoff()).isEqualTo(1.5);
    assertThat(retrying.withTimeout(Duration.ofSeconds(2)).backoff()).isEqualTo(1.5);
    assertThat(retrying.withCount(5)).isEqualTo(DEFAULTS);
    assertThat(DEFAULTS.withAnySource(true)).isNotEqualTo(DEFAULTS);
    assertThat(DEFAULTS.withAnySource(true).withHopLimit(3).anySource()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.99, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesABackoffThatShrinksOrIsEndless(double backoff) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEFAULTS.withRetries(3, backoff))
        .withMessage("backoff is " + backoff + "; it must be 1 or more");
    assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withRetries(-1, 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_528})
  void refusesPayloadsThatNoPacketHolds(int bytes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEFAULTS.withPayloadBytes(bytes))
        .withMessageContaining("0 to 65527");
  }

  @Test
  void takesAPatternOrRandomBytes() {
    PingOptions patterned = DEFAULTS.withPattern((byte) 0xff, (byte) 0);

    assertThat(patterned.pattern()).containsExactly(0xff, 0);
    assertThat(patterned).isEqualTo(DEFAULTS.withPattern((byte) 0xff, (byte) 0));
    assertThat(patterned).isNotEqualTo(DEFAULTS);
    assertThat(patterned.withRandomPayload().randomPayload()).isTrue();
    assertThatIllegalArgumentException().isThrownBy(DEFAULTS::withPattern);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 256})
  void refusesWhatDoesNotFitAnOctet(int value) {
    assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withHopLimit(value));
    assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withTrafficClass(value));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1 << 20})
  void refusesFlowLabelsOfMoreThanTwentyBits(int label) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEFAULTS.withFlowLabel(label))
        .withMessageContaining("0 to 1048575");
  }

  @Test
  void refusesNegativeCountsAndInterfaces() {
    assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withCount(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withInterfaceIndex(-1));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 512, 1023, 1025, 1 << 25})
  void aPingerRefusesAnInFlightLimitThatItsTableCannotHave(int limit) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PingerOptions.DEFAULT.withMaxInFlight(limit))
        .withMessageContaining("maxInFlight is " + limit);
  }

  @ParameterizedTest
  @ValueSource(ints = {-2, 65_536})
  void aPingerRefusesAnIdentifierThatIcmpCannotHave(int identifier) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PingerOptions.DEFAULT.withIdentifier(identifier))
        .withMessage("identifier is " + identifier + "; it must be 0 to 65535");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN})
  void aPingerRefusesARateThatIsNone(double rate) {
    assertThatIllegalArgumentException().isThrownBy(() -> PingerOptions.DEFAULT.withRate(rate));
  }
}
