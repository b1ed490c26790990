package io.ringtap.filter.lowering;

import static io.ringtap.filter.lowering.Lowered.lower;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.bpf.AncillaryField;
import io.ringtap.filter.FilterOptions;
import io.ringtap.filter.PacketView;
import io.ringtap.filter.condition.Condition;
import io.ringtap.filter.condition.Conditions;
import io.ringtap.filter.condition.Value;
import io.ringtap.filter.graph.ConditionEvaluator;
import io.ringtap.filter.syntax.ExpressionException;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.LinkType;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketViewTest {
  private static final int COOKED_BYTES = 20;

  private static final Condition HAS_TAG =
      Conditions.equal(new Value.Ancillary(AncillaryField.VLAN_TAG_PRESENT), 1);

  /// A packet as the kernel shows it, and what it tells beside.
  private static final class Shown {
    private final byte[] packet;
    private final int tpid;
    private final int tag;

    private Shown(byte[] packet, int tpid, int tag) {
      this.packet = packet;
      this.tpid = tpid;
      this.tag = tag;
    }

    /// @param typeAt where the packet has the TPID, if it has a tag
    /// @param tagAt where it has the rest of the tag
    static Shown of(byte[] whole, int typeAt, int tagAt) {
      int type = ((whole[typeAt] & 0xFF) << 8) | (whole[typeAt + 1] & 0xFF);
      if (type != EtherType.VLAN && type != EtherType.QINQ) {
        return new Shown(whole, 0, 0);
      }
      byte[] packet = Arrays.copyOf(whole, whole.length - 4);
      System.arraycopy(whole, tagAt + 4, packet, tagAt, whole.length - tagAt - 4);
      packet[typeAt] = whole[tagAt + 2];
      packet[typeAt + 1] = whole[tagAt + 3];
      return new Shown(packet, type, ((whole[tagAt] & 0xFF) << 8) | (whole[tagAt + 1] & 0xFF));
    }

    private int told(AncillaryField field) {
      return switch (field) {
        case PACKET_TYPE -> 4;
        case INTERFACE_INDEX -> 3;
        case VLAN_TAG -> tag;
        case VLAN_TAG_PRESENT -> tpid == 0 ? 0 : 1;
        case VLAN_TPID -> tpid;
        default -> 0;
      };
    }

    boolean isWanted(Condition condition) {
      return ConditionEvaluator.accepts(condition, packet, packet.length, this::told);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ip",
        "not ip",
        "tcp port 80",
        "vlan",
        "vlan 5",
        "vlan 5 and vlan 6",
        "vlan and ip",
        "vlan or arp",
        "vlan 6 and tcp src port 80",
        "vlan 5 and ip[(ip[0] & 15) * 4:2] = 80",
        "geneve and tcp",
        "geneve or tcp port 80",
        "geneve or geneve or ip",
        "vlan and geneve and tcp",
        "vxlan and vlan 6 and tcp",
        "ether proto 0x8100",
        "ether[10:4] = 0xaabb8100",
        "ether[12:4] = 0x81000005",
        "ether[13:2] = 5",
        "ether[14:4] > 0x50000",
        "ether[15:2] = 0x508",
        "ether[ether[ether[17] & 15]:2] & 0xff = 0x05",
        "ether[(ether[15] & 7) + 9:4] > 0xaa000000",
        "1 + tcp[0] = 1",
        "len > 58 or len = 56",
        "stp or llc"
      })
  void answersAlikeLiveAndOfASavefile(String expression) {
    for (boolean anyVlan : new boolean[] {false, true}) {
      FilterOptions options = FilterOptions.of(LinkType.ETHERNET).withAnyVlan(anyVlan);
      Condition offline = lower(expression, options);
      Condition live = lower(expression, options.withView(PacketView.SOCKET));

      TestFrames.all()
          .forEach((name, frame) ->
              assertThat(Shown.of(frame, 12, 14).isWanted(live))
                  .as(name)
                  .isEqualTo(ConditionEvaluator.accepts(offline, frame)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ip",
        "vlan",
        "vlan 5 and tcp port 80",
        "vlan 5 and vlan 6",
        "vlan or arp",
        "host 1.2.3.4",
        "ether[0:2] = 0x8100",
        "ether[20:4] = 0x00050800",
        "ether[21:2] = 0x0508",
        "1 + tcp[0] = 1",
        "len > 64",
        "ifindex 3 and outbound"
      })
  void answersAlikeOnCookedSocketsAndOfTheirSavefiles(String expression) {
    for (boolean anyVlan : new boolean[] {false, true}) {
      FilterOptions options = FilterOptions.of(LinkType.LINUX_SLL2).withAnyVlan(anyVlan);
      Condition offline = lower(expression, options);
      Condition live = lower(expression, options.withView(PacketView.SOCKET));

      TestFrames.all()
          .forEach((name, frame) -> {
            byte[] packet = cooked(frame);
            assertThat(Shown.of(packet, 0, COOKED_BYTES).isWanted(live))
                .as(name)
                .isEqualTo(ConditionEvaluator.accepts(offline, packet));
          });
    }
  }

  private static byte[] cooked(byte[] frame) {
    byte[] packet =
        Arrays.copyOf(
            HexFormat.of().parseHex("0000000000000003000104060202020202020000"),
            COOKED_BYTES + frame.length - 14);
    System.arraycopy(frame, 12, packet, 0, 2);
    System.arraycopy(frame, 14, packet, COOKED_BYTES, frame.length - 14);
    return packet;
  }

  @Test
  void asksForTheTagOnlyWhereItMatters() {
    FilterOptions live = FilterOptions.of(LinkType.ETHERNET).withView(PacketView.SOCKET);

    assertThat(lower("ether src 00:11:22:33:44:55", live))
        .isEqualTo(lower("ether src 00:11:22:33:44:55", live.withView(PacketView.SAVEFILE)));
    assertThat(lower("ip", live))
        .isEqualTo(
            Conditions.and(
                Conditions.not(HAS_TAG), Conditions.equal(Value.load(2, 12), EtherType.IPV4)));
    assertThat(lower("not ip", live)).isInstanceOf(Condition.Or.class);
    assertThat(lower("vlan", live)).isInstanceOf(Condition.Or.class);
  }

  @Test
  void asksTheKernelForDirectionAndInterface() {
    FilterOptions live = FilterOptions.of(LinkType.ETHERNET).withView(PacketView.SOCKET);

    assertThat(lower("outbound and ifindex 3", live))
        .isEqualTo(
            Conditions.and(
                Conditions.equal(new Value.Ancillary(AncillaryField.PACKET_TYPE), 4),
                Conditions.equal(new Value.Ancillary(AncillaryField.INTERFACE_INDEX), 3)));
  }

  @Test
  void refusesWhatACookedSocketDoesNotShow() {
    FilterOptions live = FilterOptions.of(LinkType.LINUX_SLL2).withView(PacketView.SOCKET);

    assertThatThrownBy(() -> lower("ip and ether[12] = 2", live))
        .isInstanceOf(ExpressionException.class)
        .hasMessage("at 8: 1 bytes at 12 of the cooked header cannot be had while capturing");
  }
}
