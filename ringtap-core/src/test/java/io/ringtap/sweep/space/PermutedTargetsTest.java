package io.ringtap.sweep.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringtap.packet.IpAddress;
import io.ringtap.sweep.SweepTarget;
import io.ringtap.testing.Allocation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutedTargetsTest {
  private static final AddressSpace SPACE =
      AddressSpaceTest.space("10.0.0.0/22 10.9.0.0/28 2001:db8::/120", "10.0.1.7 10.0.2.0/27");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64, 5000})
  void hasEachTargetInOneShard(int shards) {
    List<Integer> ports = List.of(443, 80, 65_535, 80);
    List<String> seen = new ArrayList<>();

    for (int i = 0; i < shards; i++) {
      seen.addAll(texts(PermutedTargets.of(SPACE, ports, 7, new Shard(i + 1, shards))));
    }

    List<String> wanted = new ArrayList<>();
    for (String address : texts(PermutedTargets.of(SPACE, 1, Shard.WHOLE))) {
      for (int port : new int[] {80, 443, 65_535}) {
        wanted.add(address.replace(" 0", " " + port));
      }
    }
    assertThat(seen).hasSize(3 * (int) SPACE.size()).containsExactlyInAnyOrderElementsOf(wanted);
  }

  /// As version 0.1.0 had it: a later version goes on with a sweep that an earlier one began.
  @Test
  void keepsItsOrderFromVersionToVersion() {
    List<String> texts = texts(PermutedTargets.of(SPACE, List.of(80, 443), -7, new Shard(2, 4)));

    assertThat(texts.subList(0, 8))
        .containsExactly(
            "10.0.3.8 443",
            "10.0.1.206 80",
            "10.0.0.77 443",
            "10.0.2.134 443",
            "10.0.0.77 80",
            "10.0.1.130 443",
            "10.0.2.43 443",
            "10.0.1.46 80");
  }

  @Test
  void hasShardsOfAlmostOneSize() {
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < 7; i++) {
      long size = PermutedTargets.of(SPACE, 1, new Shard(i + 1, 7)).size();
      least = Math.min(least, size);
      most = Math.max(most, size);
    }

    assertThat(most - least).isLessThanOrEqualTo(1);
  }

  /// As many of a shard's targets are in each half of a prefix as in the other, whatever the number
  /// of shards: a shard of every n-th address would not do so.
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 256})
  void spreadsAShardOverAllNetworks(int shards) {
    AddressSpace space = AddressSpaceTest.space("10.0.0.0/12", "");
    PermutedTargets targets = PermutedTargets.of(space, 3, new Shard(1, shards));
    SweepTarget target = new SweepTarget();
    int odd = 0;
    int upper = 0;

    int samples = 4096;
    for (int position = 0; position < samples; position++) {
      targets.read(position, target);
      odd += (int) target.low() & 1;
      upper += (int) (target.low() >>> 19) & 1;
    }

    assertThat(odd).isBetween(samples / 2 - 200, samples / 2 + 200); // six standard deviations
    assertThat(upper).isBetween(samples / 2 - 200, samples / 2 + 200);
  }

  @Test
  void knowsTheIndexOfEachTarget() {
    PermutedTargets targets = PermutedTargets.of(SPACE, List.of(53, 80), 9, Shard.WHOLE);
    SweepTarget target = new SweepTarget();
    BitSet indexes = new BitSet();

    for (long position = 0; position < targets.size(); position++) {
      targets.read(position, target);
      indexes.set(
          (int) targets.indexOf(target.isIpv6(), target.high(), target.low(), target.port()));
    }

    assertThat(indexes.cardinality()).isEqualTo((int) targets.span()).isEqualTo(indexes.length());
  }

  @Test
  void hasNoIndexForWhatIsNoTarget() {
    PermutedTargets targets = PermutedTargets.of(SPACE, List.of(53), 9, Shard.WHOLE);
    IpAddress target = IpAddress.parse("10.0.0.1");
    IpAddress excluded = IpAddress.parse("10.0.1.7");

    assertThat(targets.indexOf(false, 0, target.low(), 53)).isNotNegative();
    assertThat(targets.indexOf(false, 0, target.low(), 54)).isNegative();
    assertThat(targets.indexOf(false, 0, excluded.low(), 53)).isNegative();
    assertThat(targets.indexOf(true, 0, target.low(), 53)).isNegative();
    assertThat(targets.indexOf(true, -1, -1, 53)).isNegative();
  }

  /// Sweeps go on under later releases than the one that they began under.
  @Test
  void hasTheOrderThatItHadInEarlierReleases() {
    PermutedTargets targets = PermutedTargets.of(SPACE, List.of(443, 80), 7, new Shard(2, 3));

    assertThat(SPACE.digest()).isEqualTo("b31244f236eb7a63d90cfd32fe72476b");
    assertThat(texts(targets))
        .startsWith("10.0.0.242 443", "10.0.3.164 80", "10.0.0.155 443", "10.0.0.119 443");
  }

  @Test
  void allocatesNothing() {
    PermutedTargets targets = PermutedTargets.of(SPACE, List.of(53, 80), 9, Shard.WHOLE);
    SweepTarget target = new SweepTarget();

    int _ =
        Allocation.assertNone(() -> {
          for (long position = 0; position < targets.size(); position++) {
            targets.read(position, target);
            long _ = targets.indexOf(target.isIpv6(), target.high(), target.low(), target.port());
          }
        });
  }

  @Test
  void isEmptyWithoutAddresses() {
    PermutedTargets targets =
        PermutedTargets.of(AddressSpaceTest.space("10.0.0.1", "10.0.0.0/8"), 1, new Shard(2, 3));

    assertThat(targets.size()).isZero();
    assertThat(targets.hasIpv4()).isFalse();
  }

  @Test
  void refusesPortsThatThereAreNot() {
    for (List<Integer> ports : List.of(List.<Integer>of(), List.of(0), List.of(80, 65_536))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> PermutedTargets.of(SPACE, ports, 1, Shard.WHOLE));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "5/4", "0/4", "-1/2", "0/0", "1/2/3", "a/b", "0/99999999999"})
  void refusesShardsThatThereAreNot(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Shard.parse(text));
  }

  private static List<String> texts(PermutedTargets targets) {
    SweepTarget target = new SweepTarget();
    List<String> texts = new ArrayList<>();
    for (long position = 0; position < targets.size(); position++) {
      targets.read(position, target);
      IpAddress address = new IpAddress(target.isIpv6(), target.high(), target.low());
      texts.add(address + " " + target.port());
    }
    return texts;
  }
}
