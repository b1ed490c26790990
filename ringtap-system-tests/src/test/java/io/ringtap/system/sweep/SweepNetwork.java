package io.ringtap.system.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpRange;
import io.ringtap.send.Pace;
import io.ringtap.sweep.Sweep;
import io.ringtap.sweep.SweepCounters;
import io.ringtap.sweep.SweepOptions;
import io.ringtap.sweep.SweepTargets;
import io.ringtap.sweep.space.AddressSpace;
import io.ringtap.sweep.space.PermutedTargets;
import io.ringtap.sweep.space.Shard;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// A namespace that sweeps, and a router behind which the targets are.
final class SweepNetwork implements AutoCloseable {
  static final String NEAR = "192.0.2.1";
  static final String ROUTER = "192.0.2.2";
  static final String ROUTER6 = "2001:db8::2";

  /// Hosts behind the router.
  static final String HOSTS = "10.64.0.0/21";

  static final int SIZE = 2048;
  static final SweepOptions OPTIONS =
      SweepOptions.DEFAULT
          .withPace(Pace.packetsPerSecond(20_000))
          .withRampUp(Duration.ZERO)
          .withTimeout(Duration.ofMillis(400));

  private static final long SEED = 14;

  final NetworkNamespace near;
  final NetworkNamespace far;
  final VethPair cable;

  private SweepNetwork(NetworkNamespace near, NetworkNamespace far) throws IOException {
    this.near = near;
    this.far = far;
    cable = VethPair.create(near, "near0", far, "far0");
    cable.a().address(NEAR + "/24").address("2001:db8::1/64");
    cable.b().address(ROUTER + "/24").address(ROUTER6 + "/64");
    far.forward();
    far.sysctl("net.ipv4.icmp_ratelimit", "0");
    far.sysctl("net.ipv4.icmp_msgs_per_sec", "1000000");
    far.sysctl("net.ipv4.icmp_msgs_burst", "1000000");
  }

  static SweepNetwork open() throws IOException {
    NetworkNamespace near = NetworkNamespace.create("near");
    NetworkNamespace far;
    try {
      far = NetworkNamespace.create("far");
    } catch (IOException | RuntimeException e) {
      near.close();
      throw e;
    }
    try {
      return new SweepNetwork(near, far);
    } catch (IOException | RuntimeException e) {
      near.close();
      far.close();
      throw e;
    }
  }

  /// Routes a prefix through the router.
  SweepNetwork route(String prefix) throws IOException {
    boolean isIpv6 = prefix.indexOf(':') >= 0;
    near.routes().via(prefix, isIpv6 ? ROUTER6 : ROUTER);
    return this;
  }

  Sweep sweep(SweepTargets targets, SweepOptions options) throws IOException {
    return near.call(() -> Sweep.open(targets, options));
  }

  /// Sweeps to the end, and checks that no answer was lost or is missing in the counters.
  SweepCounters run(SweepTargets targets, SweepOptions options, Heard heard) throws Exception {
    try (Sweep sweep = sweep(targets, options)) {
      sweep.start(heard);
      sweep.await();
      assertThat(sweep.progress().completed()).isEqualTo(targets.size());
      SweepCounters counters = sweep.counters();
      assertThat(counters.dropped()).isZero();
      assertThat(counters.found() + counters.repeats() + counters.duplicates() + counters.errors())
          .isEqualTo(heard.all().size());
      return counters;
    }
  }

  /// The addresses of a prefix.
  static SweepTargets targets(String prefix) {
    return PermutedTargets.of(space(prefix), SEED, Shard.WHOLE);
  }

  /// The addresses of a prefix with ports.
  static SweepTargets targets(String prefix, Integer... ports) {
    return PermutedTargets.of(space(prefix), List.of(ports), SEED, Shard.WHOLE);
  }

  private static AddressSpace space(String prefix) {
    return AddressSpace.builder().add(IpRange.parse(prefix)).build();
  }

  /// The addresses of a prefix of which something holds.
  static Set<IpAddress> addresses(String prefix, Predicate<IpAddress> condition) {
    Set<IpAddress> found = new TreeSet<>();
    for (IpAddress address : IpRange.parse(prefix)) {
      if (condition.test(address)) {
        found.add(address);
      }
    }
    return found;
  }

  @Override
  public void close() {
    near.close();
    far.close();
  }
}
