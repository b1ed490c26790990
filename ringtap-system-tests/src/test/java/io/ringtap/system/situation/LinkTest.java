package io.ringtap.system.situation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.situation.Trial.Verdicts;
import io.ringtap.testing.Requirement;
import io.ringtap.testing.RequiresRoot;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What lies between the cable and the stack: VLAN tags, bridges, devices that show a packet twice.
@RequiresRoot
class LinkTest {
  /// A tag with VLAN 0 says only how urgent a frame is.
  @ParameterizedTest
  @CsvSource({"7, 0", "0, 3"})
  void replyTaggedWithVlanThatTheHostDoesNotHaveIsNotTaken(int vlan, int received)
      throws Exception {
    try (Cable cable = Cable.toScripts();
        ScriptedHost _ =
            ScriptedHost.on(
                cable.far,
                (request, wire) ->
                    wire.frame(tagged(vlan, wire.framed(request.reply().packet()))))) {
      Trial trial =
          Trial.of(
              "reply in VLAN " + vlan, cable.here, Cable.host(false, 10), Cable.host(true, 10));

      for (Verdicts verdicts : trial.runEach().values()) {
        assertThat(verdicts.ping().received()).as(verdicts.toString()).isEqualTo(received);
        assertThat(verdicts.fping().received()).as(verdicts.toString()).isEqualTo(received);
        assertThat(verdicts.ringtap().received()).as(verdicts.toString()).isEqualTo(received);
        assertThat(verdicts.ringtap().count("lost")).isEqualTo(3 - received);
      }
    }
  }

  private static byte[] tagged(int vlan, byte[] frame) {
    ByteBuffer tagged = ByteBuffer.allocate(frame.length + 4);
    tagged.put(frame, 0, 12).putShort((short) 0x8100).putShort((short) vlan);
    return tagged.put(frame, 12, frame.length - 12).array();
  }

  @Test
  void replyThatIfbShowsTwiceIsOneReply() throws Exception {
    Requirement.tool("tc");
    try (Cable cable = Cable.toMachine()) {
      cable.configure("ip link add ifb0 type ifb");
      cable.configure("ip link set ifb0 up");
      FirewallTest.redirectIngress(cable);

      assertEachOnce(Trial.of("ifb redirect", cable.here, "10.0.0.2", "fd00::2"));
    }
  }

  @Test
  void replyThatBridgeShowsTwiceIsOneReply() throws Exception {
    try (Cable cable = Cable.toMachine()) {
      cable.configure("ip link add br0 type bridge");
      cable.configure("ip link set br0 up");
      cable.configure("ip link set v0 master br0");
      cable.configure("ip addr del 10.0.0.1/24 dev v0");
      cable.configure("ip addr del fd00::1/64 dev v0");
      cable.here.link("br0").address("10.0.0.1/24").address("fd00::1/64");

      assertEachOnce(Trial.of("bridge", cable.here, "10.0.0.2", "fd00::2"));
    }
  }

  private static void assertEachOnce(Trial trial) throws Exception {
    for (Verdicts verdicts : trial.runEach().values()) {
      assertEachOnce(verdicts);
    }
  }

  private static void assertEachOnce(Verdicts verdicts) {
    assertThat(verdicts.ping().received()).as(verdicts.toString()).isEqualTo(3);
    assertThat(verdicts.ping().duplicates()).as(verdicts.toString()).isZero();
    assertThat(verdicts.fping().received()).as(verdicts.toString()).isEqualTo(3);
    assertThat(verdicts.ringtap().received()).as(verdicts.toString()).isEqualTo(3);
    assertThat(verdicts.ringtap().count("duplicates")).as(verdicts.toString()).isZero();
  }
}
