package io.ringtap.system.ping;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.error.Errno;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.Pinger;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What routes refuse is the network's state; what else the kernel refuses is not.
class PingerRoutesTest {
  private static final PingOptions OPTIONS =
      PingOptions.DEFAULT.withCount(2).withInterval(Duration.ofMillis(1));

  private static NetworkNamespace namespace;
  private static Pinger pinger;

  @BeforeAll
  static void open() throws IOException {
    Requirement.root();
    namespace = NetworkNamespace.create("routes");
    namespace.link("lo").up();
    namespace
        .routes()
        .blackhole("10.1.0.0/16")
        .prohibit("10.2.0.0/16")
        .unreachable("10.3.0.0/16")
        .blackhole("2001:db8:1::/48")
        .prohibit("2001:db8:2::/48")
        .unreachable("2001:db8:3::/48");
    pinger = namespace.call(Pinger::open);
  }

  @AfterAll
  static void close() {
    if (pinger != null) {
      pinger.close();
      namespace.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.0.1, EINVAL",
    "10.2.0.1, EACCES",
    "10.3.0.1, EHOSTUNREACH",
    "10.4.0.1, ENETUNREACH",
    "2001:db8:1::1, EINVAL",
    "2001:db8:2::1, EACCES",
    "2001:db8:3::1, EHOSTUNREACH",
    "2001:db8:4::1, ENETUNREACH"
  })
  void reportsARouteThatRefuses(String target, String errno) {
    Outcomes outcomes = new Outcomes();
    PingRequest request = PingRequest.to(IpAddress.parse(target)).with(OPTIONS);

    PingSummary summary = pinger.ping(request, outcomes).join();

    assertThat(outcomes.all())
        .hasSize(2)
        .allSatisfy(outcome -> {
          assertThat(outcome).isInstanceOf(PingOutcome.Unroutable.class);
          assertThat(((PingOutcome.Unroutable) outcome).errno().name()).isEqualTo(errno);
        });
    assertThat(summary.counts().unsent()).isEqualTo(2);
    assertThat(summary.counts().sent()).isZero();
  }

  @Test
  void aSourceThatIsNotOursIsNoMatterOfRoutes() {
    Outcomes outcomes = new Outcomes();
    PingOptions options = OPTIONS.withSource(IpAddress.parse("192.0.2.77"));

    pinger.ping(PingRequest.to(IpAddress.parse("127.0.0.1")).with(options), outcomes).join();

    List<PingOutcome.NotSent> refused = outcomes.of(PingOutcome.NotSent.class);
    assertThat(refused).hasSize(2).allMatch(outcome -> !outcome.errno().equals(Errno.EPERM));
  }
}
