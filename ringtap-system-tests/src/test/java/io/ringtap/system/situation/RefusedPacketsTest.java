package io.ringtap.system.situation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.situation.ScriptedHost.Wire;
import io.ringtap.system.situation.Trial.Verdicts;
import io.ringtap.testing.RequiresRoot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Answers that the host refuses: damaged, for somebody else, from where nobody can be.
@RequiresRoot
class RefusedPacketsTest {
  private static final int DESTINATION_UNREACHABLE = 3;
  private static final int DESTINATION_UNREACHABLE_V6 = 1;
  private static final String ROUTER = "10.0.0.29";
  private static final String ROUTER_V6 = "fd00::1d";

  private static Cable cable;
  private static ScriptedHost hosts;
  private static Map<String, Verdicts> all;

  /// What a host sends, which is known by its number.
  enum Answer {
    WRONG_IP_CHECKSUM(10),
    ERROR_WITH_WRONG_IP_CHECKSUM(11),
    WRONG_ICMP_CHECKSUM(12),
    ERROR_WITH_WRONG_ICMP_CHECKSUM(13),
    TO_ANOTHER_ADDRESS(14),
    ERROR_TO_ANOTHER_ADDRESS(15),
    TO_ANOTHER_HARDWARE_ADDRESS(16),
    ERROR_TO_ANOTHER_HARDWARE_ADDRESS(17),
    FROM_MARTIAN_SOURCE(18),
    ERROR_FROM_MARTIAN_SOURCE(19),
    LONGER_THAN_THE_FRAME(20),
    ERROR_LONGER_THAN_THE_FRAME(21);

    private final int host;

    Answer(int host) {
      this.host = host;
    }

    static Answer of(int host) {
      return Stream.of(values()).filter(answer -> answer.host == host).findFirst().orElseThrow();
    }

    boolean isError() {
      return name().startsWith("ERROR");
    }

    boolean isOfIpv4Only() {
      return this == WRONG_IP_CHECKSUM || this == ERROR_WITH_WRONG_IP_CHECKSUM;
    }
  }

  @BeforeAll
  static void open() throws Exception {
    cable = Cable.toScripts();
    // So that ping takes datagram sockets, and hears what the whole stack has accepted. Raw sockets
    // are shown IPv4 replies before their checksum is looked at, and fping takes them as they are.
    cable.here.sysctl("net.ipv4.ping_group_range", "0 0");
    hosts = ScriptedHost.on(cable.far, RefusedPacketsTest::answer);
    List<String> targets = new ArrayList<>();
    for (Answer kind : Answer.values()) {
      targets.add(host(kind, false));
      if (!kind.isOfIpv4Only()) {
        targets.add(host(kind, true));
      }
    }
    all = Trial.of("refused", cable.here, targets.toArray(String[]::new)).runEach();
  }

  @AfterAll
  static void close() throws Exception {
    if (hosts != null) {
      hosts.close();
      cable.close();
    }
  }

  private static String host(Answer kind, boolean isIpv6) {
    return Cable.host(isIpv6, kind.host);
  }

  private static void answer(EchoRequest request, Wire wire) throws IOException {
    Answer kind = Answer.of(request.host());
    boolean isIpv6 = request.isIpv6();
    Datagram answer = kind.isError() ? unreachable(request) : request.reply();
    byte[] packet = answer.packet();
    switch (kind) {
      case WRONG_IP_CHECKSUM, ERROR_WITH_WRONG_IP_CHECKSUM -> {
        packet[Datagram.IPV4_CHECKSUM] ^= 1;
        wire.send(packet);
      }
      case WRONG_ICMP_CHECKSUM, ERROR_WITH_WRONG_ICMP_CHECKSUM -> {
        packet[(isIpv6 ? 40 : 20) + 2] ^= 1;
        wire.send(packet);
      }
      case TO_ANOTHER_ADDRESS, ERROR_TO_ANOTHER_ADDRESS -> {
        byte[] other = Datagram.bytes(isIpv6 ? "fd00::77" : "10.0.0.77");
        wire.send(Datagram.icmp(answer.source(), other, answer.payload()));
      }
      case TO_ANOTHER_HARDWARE_ADDRESS, ERROR_TO_ANOTHER_HARDWARE_ADDRESS -> {
        byte[] frame = wire.framed(packet);
        frame[5] ^= 1;
        wire.frame(frame);
      }
      case FROM_MARTIAN_SOURCE, ERROR_FROM_MARTIAN_SOURCE -> {
        byte[] martian = Datagram.bytes(isIpv6 ? "ff02::5" : "127.0.0.9");
        wire.send(Datagram.icmp(martian, answer.destination(), answer.payload()));
      }
      case LONGER_THAN_THE_FRAME, ERROR_LONGER_THAN_THE_FRAME -> {
        byte[] more = Arrays.copyOf(answer.payload(), answer.payload().length + 40);
        Datagram longer = Datagram.icmp(answer.source(), answer.destination(), more);
        byte[] whole = longer.packet();
        wire.send(Arrays.copyOf(whole, whole.length - 40));
      }
    }
  }

  private static Datagram unreachable(EchoRequest request) {
    return request.isIpv6()
        ? request.error(DESTINATION_UNREACHABLE_V6, 0, 0, ROUTER_V6)
        : request.error(DESTINATION_UNREACHABLE, 1, 0, ROUTER);
  }

  @ParameterizedTest
  @EnumSource
  void answerDecidesNothing(Answer kind) {
    assertDecidesNothing(kind, false);
    if (!kind.isOfIpv4Only()) {
      assertDecidesNothing(kind, true);
    }
  }

  private static void assertDecidesNothing(Answer kind, boolean isIpv6) {
    Verdicts verdicts = requireNonNull(all.get(host(kind, isIpv6)));
    System.out.println("| " + kind + " " + verdicts);
    assertThat(verdicts.ping().received()).as(verdicts.toString()).isZero();
    assertThat(verdicts.ping().errors()).as(verdicts.toString()).isZero();
    assertThat(verdicts.ringtap().received()).as(verdicts.toString()).isZero();
    assertThat(verdicts.ringtap().count("elsewhere")).as(verdicts.toString()).isZero();
    assertThat(verdicts.ringtap().count("errors")).as(verdicts.toString()).isZero();
    if (kind == Answer.WRONG_ICMP_CHECKSUM) {
      assertThat(verdicts.ringtap().count("corrupted")).as(verdicts.toString()).isEqualTo(3);
    } else {
      assertThat(verdicts.fping().received()).as(verdicts.toString()).isZero();
      assertThat(verdicts.ringtap().count("lost")).as(verdicts.toString()).isEqualTo(3);
    }
  }
}
