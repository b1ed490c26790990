package io.ringtap.system.situation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.Command;
import io.ringtap.system.situation.ScriptedHost.Wire;
import io.ringtap.testing.RequiresRoot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Replies whose checksum is right and whose payload is not what was sent. From 8 bytes on a probe
/// has a cookie, by which a forged reply is told from an altered one.
@RequiresRoot
class AlteredRepliesTest {
  private static final int PROBES = 3;
  private static final int HEADER = 8;
  private static final int COOKIE = 8;

  /// What a host sends, which is known by its number.
  enum Answer {
    AS_ASKED(10, "received"),
    LAST_BYTE_ALTERED(11, "corrupted"),
    EXTRA_BYTES(12, "corrupted"),
    CUT(13, "corrupted"),
    WITHOUT_PAYLOAD(14, "corrupted"),
    FORGED_PAYLOAD(15, "lost"),
    FORGED_AND_THEN_AS_ASKED(16, "received"),
    ONE_BIT_OF_COOKIE_ALTERED(17, "corrupted"),
    FROM_ANOTHER_ADDRESS(18, "elsewhere"),
    FORGED_FROM_ANOTHER_ADDRESS(19, "lost"),
    ALTERED_AND_THEN_AS_ASKED(20, "corrupted");

    private final int host;
    private final String count;

    Answer(int host, String count) {
      this.host = host;
      this.count = count;
    }

    static Answer of(int host) {
      return Stream.of(values()).filter(answer -> answer.host == host).findFirst().orElseThrow();
    }

    /// What counts where the payload has no room for a cookie: nothing shows that it is forged, and
    /// nothing proves what comes from another address.
    String countWithoutCookie() {
      return switch (this) {
        case FORGED_PAYLOAD, FORGED_AND_THEN_AS_ASKED -> "corrupted";
        case FROM_ANOTHER_ADDRESS -> "lost";
        default -> count;
      };
    }

    /// How JSON calls the damage.
    String damage() {
      return this == CUT || this == WITHOUT_PAYLOAD ? "truncated" : "payload";
    }
  }

  private static void answer(EchoRequest request, Wire wire) throws IOException {
    Datagram reply = request.reply();
    byte[] message = reply.payload();
    switch (Answer.of(request.host())) {
      case AS_ASKED -> wire.send(reply);
      case LAST_BYTE_ALTERED -> wire.send(with(reply, altered(message, message.length - 1, 0x40)));
      case EXTRA_BYTES -> wire.send(with(reply, Arrays.copyOf(message, message.length + 3)));
      case CUT -> wire.send(with(reply, Arrays.copyOf(message, message.length - 1)));
      case WITHOUT_PAYLOAD -> wire.send(with(reply, Arrays.copyOf(message, HEADER)));
      case FORGED_PAYLOAD -> wire.send(with(reply, forged(message)));
      case FORGED_AND_THEN_AS_ASKED -> {
        wire.send(with(reply, forged(message)));
        wire.send(reply);
      }
      case ONE_BIT_OF_COOKIE_ALTERED -> wire.send(with(reply, altered(message, HEADER, 1)));
      case FROM_ANOTHER_ADDRESS -> wire.send(request.replyFrom(other(request)));
      case FORGED_FROM_ANOTHER_ADDRESS ->
          wire.send(with(request.replyFrom(other(request)), forged(message)));
      case ALTERED_AND_THEN_AS_ASKED -> {
        wire.send(with(reply, altered(message, message.length - 1, 0x40)));
        wire.send(reply);
      }
    }
  }

  private static byte[] other(EchoRequest request) {
    return Datagram.bytes(Cable.host(request.isIpv6(), 29));
  }

  private static Datagram with(Datagram reply, byte[] message) {
    return Datagram.icmp(reply.source(), reply.destination(), message);
  }

  private static byte[] altered(byte[] message, int at, int bits) {
    byte[] altered = message.clone();
    altered[at] ^= (byte) bits;
    return altered;
  }

  /// All of the payload is another's, as of somebody who has guessed identifier and sequence.
  private static byte[] forged(byte[] message) {
    byte[] forged = message.clone();
    for (int i = HEADER; i < forged.length; i++) {
      forged[i] = (byte) (forged[i] ^ 0x5A);
    }
    return forged;
  }

  @ParameterizedTest
  @CsvSource({"56, raw", "8, raw", "7, raw", "1, raw", "56, datagram", "7, datagram"})
  void isCountedAsWhatItIs(int size, String transport) throws Exception {
    try (Cable cable = Cable.toScripts();
        ScriptedHost _ = ScriptedHost.on(cable.far, AlteredRepliesTest::answer)) {
      cable.here.sysctl("net.ipv4.ping_group_range", "0 0");
      List<String> words = new ArrayList<>(List.of("ping", "--json", "-c", "" + PROBES));
      words.addAll(List.of("-i", "20ms", "-W", "2s", "-s", "" + size, "--transport", transport));
      for (Answer answer : Answer.values()) {
        words.add(Cable.host(false, answer.host));
        words.add(Cable.host(true, answer.host));
      }

      Command.Result result = new Command(cable.here).run(words.toArray(String[]::new));

      for (Answer answer : Answer.values()) {
        for (boolean isIpv6 : new boolean[] {false, true}) {
          RingtapVerdict verdict = RingtapVerdict.of(result, Cable.host(isIpv6, answer.host));
          assertCounted(answer, size, verdict);
        }
      }
    }
  }

  private static void assertCounted(Answer answer, int size, RingtapVerdict verdict) {
    String count = size >= COOKIE ? answer.count : answer.countWithoutCookie();
    assertThat(verdict.sent()).isEqualTo(PROBES);
    for (String name : List.of("received", "corrupted", "lost", "elsewhere", "errors", "dropped")) {
      assertThat(verdict.count(name))
          .as("%s of %s with %d bytes: %s", name, answer, size, verdict.objects())
          .isEqualTo(name.equals(count) ? PROBES : 0);
    }
    for (Map<String, Object> reply : verdict.of("corrupted")) {
      assertThat(reply).as(answer.toString()).containsEntry("damage", answer.damage());
    }
  }
}
