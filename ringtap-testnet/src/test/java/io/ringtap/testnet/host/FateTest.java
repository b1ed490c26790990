package io.ringtap.testnet.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.packet.IpAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FateTest {
  private static final IpAddress HOST = IpAddress.parse("10.1.2.3");
  private static final int REQUESTS = 10_000;

  private final HostBehaviour mixed =
      HostBehaviour.PROMPT
          .delay(Duration.ofMillis(10))
          .jitter(Duration.ofMillis(5))
          .loss(0.1)
          .duplicate(0.2, 3)
          .reorder(0.3, Duration.ofMillis(50))
          .corrupt(0.4)
          .truncate(0.5, 4)
          .answerFrom(0.6, "10.1.2.4")
          .wrongChecksum(0.7);

  @Test
  void isTheSameForTheSameSeedHostAndRequest() {
    assertThat(fates(1, HOST)).isEqualTo(fates(1, HOST));
  }

  @Test
  void differsBySeedAndByHost() {
    assertThat(fates(1, HOST)).isNotEqualTo(fates(2, HOST));
    assertThat(fates(1, HOST)).isNotEqualTo(fates(1, IpAddress.parse("10.1.2.4")));
    assertThat(fates(1, IpAddress.parse("fd00::1")))
        .isNotEqualTo(fates(1, IpAddress.parse("fd00:1::1")));
  }

  @Test
  void doesNotDependOnTheOrderOfFaults() {
    HostBehaviour one = HostBehaviour.PROMPT.loss(0.5).duplicate(0.5, 1);
    HostBehaviour other = HostBehaviour.PROMPT.duplicate(0.5, 1).loss(0.5);

    assertThat(LongStream.range(0, 100).mapToObj(i -> Fate.of(one, 7, HOST, i)).toList())
        .isEqualTo(LongStream.range(0, 100).mapToObj(i -> Fate.of(other, 7, HOST, i)).toList());
  }

  @Test
  void strikesAboutTheShareAskedForIndependently() {
    List<Fate> answered = fates(3, HOST).stream().filter(fate -> !fate.lost()).toList();

    assertThat((double) answered.size() / REQUESTS).isBetween(0.89, 0.91);
    assertThat(share(answered, fate -> fate.copies() == 3)).isBetween(0.18, 0.22);
    assertThat(share(answered, Fate::heldBack)).isBetween(0.28, 0.32);
    assertThat(share(answered, fate -> fate.corruption() != null)).isBetween(0.38, 0.42);
    assertThat(share(answered, fate -> fate.truncation() != null)).isBetween(0.48, 0.52);
    assertThat(share(answered, fate -> fate.wrongSource() != null)).isBetween(0.58, 0.62);
    assertThat(share(answered, Fate::wrongChecksum)).isBetween(0.68, 0.72);
    assertThat(share(answered, fate -> fate.heldBack() && fate.wrongChecksum()))
        .isBetween(0.19, 0.23);
  }

  @Test
  void drawsDelaysBetweenTheirBounds() {
    List<Fate> fates = fates(4, HOST);

    assertThat(fates)
        .filteredOn(fate -> !fate.heldBack())
        .allMatch(fate -> fate.delayNanos() >= 10_000_000 && fate.delayNanos() < 15_000_000)
        .anyMatch(fate -> fate.delayNanos() < 10_500_000)
        .anyMatch(fate -> fate.delayNanos() > 14_500_000);
    assertThat(fates)
        .filteredOn(Fate::heldBack)
        .allMatch(fate -> fate.delayNanos() >= 60_000_000 && fate.delayNanos() < 65_000_000);
  }

  @Test
  void strikesAllAtOneAndNoneAtZero() {
    HostBehaviour all = HostBehaviour.PROMPT.loss(1);
    HostBehaviour none = HostBehaviour.PROMPT.loss(0);

    assertThat(LongStream.range(0, REQUESTS)).allMatch(i -> Fate.of(all, 5, HOST, i).lost());
    assertThat(LongStream.range(0, REQUESTS)).noneMatch(i -> Fate.of(none, 5, HOST, i).lost());
  }

  @Test
  void refusesWhatNoHostCanDo() {
    assertThatThrownBy(() -> HostBehaviour.PROMPT.loss(1.1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HostBehaviour.PROMPT.loss(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HostBehaviour.PROMPT.delay(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HostBehaviour.PROMPT.hopLimit(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> IcmpError.of(8, 0, "10.0.0.1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> IcmpError.of(3, 1, "10.0.0.1").withQuotedOptions(6))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> IcmpError.of(1, 3, "fd00::1").withQuotedOptions(4))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<Fate> fates(long seed, IpAddress host) {
    return LongStream.range(0, REQUESTS).mapToObj(i -> Fate.of(mixed, seed, host, i)).toList();
  }

  private static double share(List<Fate> fates, Predicate<Fate> which) {
    return (double) fates.stream().filter(which).count() / fates.size();
  }
}
