package io.ringtap.system.situation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.situation.ScriptedHost.Wire;
import io.ringtap.system.situation.Trial.Verdicts;
import io.ringtap.testing.RequiresRoot;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Replies that come in pieces, or behind IPv6 extension headers: the host puts them together.
@RequiresRoot
class FragmentsTest {
  private static final int IN_PIECES = 10;
  private static final int BEHIND_ONE = 11;
  private static final int BEHIND_ALL = 12;
  private static final List<Integer> HEADERS =
      List.of(Datagram.DESTINATION_OPTIONS, Datagram.FRAGMENT, Datagram.HOP_BY_HOP);

  private static Cable cable;
  private static ScriptedHost hosts;

  @BeforeAll
  static void open() throws Exception {
    cable = Cable.toScripts();
    cable.near.mtu(65_000); // requests are whole, whatever their size
    cable.far.mtu(65_000);
    hosts = ScriptedHost.on(cable.far, FragmentsTest::answer);
  }

  @AfterAll
  static void close() throws Exception {
    if (hosts != null) {
      hosts.close();
      cable.close();
    }
  }

  private static void answer(EchoRequest request, Wire wire) throws IOException {
    Datagram reply = request.reply();
    int turn = request.sequence() % 3;
    switch (request.host()) {
      case BEHIND_ONE -> wire.send(reply.behind(HEADERS.get(turn)));
      case BEHIND_ALL -> wire.send(HEADERS.stream().reduce(reply, Datagram::behind, (_, b) -> b));
      default -> {
        int length = reply.payload().length;
        List<byte[]> fragments = reply.fragments(length < 100 ? 8 : length < 2000 ? 256 : 1400);
        if (turn == 1) {
          Collections.reverse(fragments);
        } else if (turn == 2) {
          Collections.shuffle(fragments, new Random(length));
        }
        for (byte[] fragment : fragments) {
          wire.send(fragment);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 18, 600, 1232, 1233, 1400, 4000, 20_000})
  void repliesInPiecesInAnyOrderAndBehindExtensionHeadersCount(int size) throws Exception {
    List<String> hosts =
        List.of(
            Cable.host(false, IN_PIECES),
            Cable.host(true, IN_PIECES),
            Cable.host(true, BEHIND_ONE),
            Cable.host(true, BEHIND_ALL));
    // An empty IPv4 reply is eight bytes, which is one fragment at least.
    String[] targets = hosts.subList(size == 0 ? 1 : 0, hosts.size()).toArray(String[]::new);
    String row = "reply in pieces, " + size + " bytes";

    for (Verdicts verdicts : Trial.of(row, cable.here, targets).size(size).runEach().values()) {
      assertAllReceived(verdicts);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 600, 1232, 1233})
  void repliesOverSmallPathMtuCount(int size) throws Exception {
    try (Cable machines = Cable.toMachine()) {
      limit(machines, "10.0.0.1", 576);
      limit(machines, "fd00::1", 1280);
      Trial trial = Trial.of("small path MTU, " + size, machines.here, "10.0.0.2", "fd00::2");

      for (Verdicts verdicts : trial.size(size).runEach().values()) {
        assertAllReceived(verdicts);
      }
    }
  }

  private static void limit(Cable machines, String destination, int mtu) throws Exception {
    String device = machines.far.name();
    String words = "ip route add " + destination + " dev " + device + " mtu lock " + mtu;
    Cable.configure(machines.there, words.split(" "));
  }

  private static void assertAllReceived(Verdicts verdicts) {
    assertThat(verdicts.ping().received()).as(verdicts.toString()).isEqualTo(3);
    assertThat(verdicts.fping().received()).as(verdicts.toString()).isEqualTo(3);
    assertThat(verdicts.ringtap().received()).as(verdicts.toString()).isEqualTo(3);
    assertThat(verdicts.ringtap().count("duplicates")).as(verdicts.toString()).isZero();
  }
}
