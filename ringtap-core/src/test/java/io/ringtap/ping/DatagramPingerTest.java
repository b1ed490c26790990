package io.ringtap.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.ringtap.error.LinuxException;
import io.ringtap.packet.IpAddress;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A pinger on ICMP datagram sockets, where `net.ipv4.ping_group_range` permits them.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DatagramPingerTest {

  @ParameterizedTest
  @CsvSource({"127.0.0.1, 18", "127.0.0.1, 0", "127.0.0.1, 8000", "::1, 18", "::1, 8000"})
  void hearsTheKernelsReply(String target, int payloadBytes) throws IOException {
    PingOptions options =
        PingOptions.DEFAULT
            .withInterval(Duration.ofMillis(1))
            .withTimeout(Duration.ofSeconds(20))
            .withPayloadBytes(payloadBytes);
    try (Pinger pinger = open()) {
      PingSummary summary =
          pinger.ping(PingRequest.to(IpAddress.parse(target)).with(options)).join();

      assertThat(summary.counts().received()).isEqualTo(5);
      assertThat(summary.stamp()).isEqualTo(StampSource.KERNEL);
      assertThat(pinger.transport()).isEqualTo(Transport.DATAGRAM);
    }
  }

  private static Pinger open() throws IOException {
    try {
      return Pinger.open(PingerOptions.DEFAULT.withTransport(Transport.DATAGRAM));
    } catch (LinuxException e) {
      assumeThat(e.errno().name()).as(e.getMessage()).isNotEqualTo("EACCES");
      throw e;
    }
  }
}
