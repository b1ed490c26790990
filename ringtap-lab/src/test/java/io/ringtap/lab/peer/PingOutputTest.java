package io.ringtap.lab.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PingOutputTest {
  @Test
  void readsWhatPingSays() {
    String said =
        """
        PING 127.0.0.1 (127.0.0.1) 56(84) bytes of data.
        64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.037 ms
        64 bytes from 127.0.0.1: icmp_seq=3 ttl=64 time=12.5 ms
        64 bytes from 127.0.0.1: icmp_seq=3 ttl=64 time=13.1 ms (DUP!)

        --- 127.0.0.1 ping statistics ---
        3 packets transmitted, 2 received, 33.3333% packet loss, time 47ms
        rtt min/avg/max/mdev = 0.037/0.043/0.046/0.004 ms
        """;

    PingResult result = PingOutput.PING.read(said);

    assertThat(result)
        .isEqualTo(
            new PingResult(
                OptionalLong.of(3), OptionalLong.of(2), Map.of(0, 37_000L, 2, 12_500_000L)));
  }

  @Test
  void readsWhatFpingSays() {
    String said =
        """
        127.0.0.1 : [0], 64 bytes, 0.035 ms (0.035 avg, 0% loss)
        127.0.0.1 : [1], timed out (0.035 avg, 50% loss)
        127.0.0.1 : [2], 64 bytes, 0.049 ms (0.044 avg, 33% loss)

        127.0.0.1 : xmt/rcv/%loss = 3/2/33%, min/avg/max = 0.035/0.044/0.049
        """;

    PingResult result = PingOutput.FPING.read(said);

    assertThat(result)
        .isEqualTo(
            new PingResult(OptionalLong.of(3), OptionalLong.of(2), Map.of(0, 35_000L, 2, 49_000L)));
  }

  @Test
  void readsWhatRingtapSays() {
    String said =
        """
        {"type":"reply","target":"127.0.0.1","address":"127.0.0.1","seq":1,"rtt_ns":33500,"ttl":64,"stamp":"kernel","ts_ns":1795334860046556682}
        {"type":"timeout","target":"127.0.0.1","address":"127.0.0.1","seq":2,"departed":true,"ts_ns":1795334860047525487}
        {"type":"summary","target":"127.0.0.1","address":"127.0.0.1","sent":2,"received":1,"lost":1,"loss_ratio":0.5,"late":0,"duplicates":0,"corrupted":0,"errors":0,"unsent":0,"elsewhere":0,"withdrawn":0,"rtt_ns":{"min":33500,"mean":33500,"p50":33500,"p90":33500,"p99":33500,"max":33500,"stddev":0,"jitter":0},"stamp":"kernel"}
        """;

    PingResult result = PingOutput.RINGTAP.read(said);

    assertThat(result)
        .isEqualTo(new PingResult(OptionalLong.of(2), OptionalLong.of(1), Map.of(0, 33_500L)));
  }

  @Test
  void readsTimesInAnyUnitOfToolsThatItDoesNotKnow() {
    String said =
        """
        reply from 10.0.0.1 time=0.5 ms
        reply from 10.0.0.1 time=250 us
        reply from 10.0.0.1 time=0.002 s
        """;

    PingResult result = PingOutput.OTHER.read(said);

    assertThat(result)
        .isEqualTo(
            new PingResult(
                OptionalLong.empty(),
                OptionalLong.empty(),
                Map.of(0, 500_000L, 1, 250_000L, 2, 2_000_000L)));
  }

  @Test
  void makesNothingOfWhatIsNoPing() {
    PingResult result = PingOutput.OTHER.read("usage: mine [-c count] target\n");

    assertThat(result)
        .isEqualTo(new PingResult(OptionalLong.empty(), OptionalLong.empty(), Map.of()));
  }
}
