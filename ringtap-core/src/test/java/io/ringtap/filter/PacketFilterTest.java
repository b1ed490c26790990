package io.ringtap.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.packet.Direction;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.testing.Allocation;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketFilterTest {
  private static final byte[] UDP =
      hex("4500001c0000000040110000 0a000001 0a000002 03e8003500080000");
  private static final byte[] UDP_ON_ETHERNET =
      hex(
          "020000000002 020000000001 0800 4500001c0000000040110000 0a000001 0a000002"
              + " 03e8003500080000");

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  /// An Ethernet frame that knows where it came from.
  private record Arrived(Direction direction, int interfaceIndex) implements Frame {
    private static final MemorySegment MEMORY = MemorySegment.ofArray(UDP_ON_ETHERNET);

    @Override
    public LinkType linkType() {
      return LinkType.ETHERNET;
    }

    @Override
    public MemorySegment memory() {
      return MEMORY;
    }

    @Override
    public long offset() {
      return 0;
    }

    @Override
    public int caplen() {
      return UDP_ON_ETHERNET.length;
    }

    @Override
    public int origlen() {
      return UDP_ON_ETHERNET.length;
    }

    @Override
    public long epochNanos() {
      return 0;
    }

    @Override
    public int interfaceId() {
      return 0;
    }
  }

  @Test
  void takesFramesOfAnyLinkTypeInTurn() {
    PacketFilter filter = PacketFilter.of("udp port 53");

    assertThat(filter.matches(Frame.of(LinkType.ETHERNET, UDP_ON_ETHERNET))).isTrue();
    assertThat(filter.matches(Frame.of(LinkType.RAW, UDP))).isTrue();
    assertThat(filter.matches(Frame.of(LinkType.RAW, UDP_ON_ETHERNET))).isFalse();
    assertThat(filter.matches(Frame.of(LinkType.ETHERNET, UDP_ON_ETHERNET))).isTrue();
  }

  @Test
  void takesBareBytesForFramesOfItsLinkType() {
    assertThat(PacketFilter.of("udp").matches(UDP_ON_ETHERNET)).isTrue();
    assertThat(PacketFilter.of("udp").matches(UDP)).isFalse();
    assertThat(PacketFilter.of("udp", LinkType.RAW).matches(UDP)).isTrue();
    assertThat(PacketFilter.of("tcp", LinkType.RAW).matches(UDP)).isFalse();
  }

  @Test
  void matchesNoFrameOfALinkTypeThatItMeansNothingForAndSaysWhy() {
    PacketFilter filter = PacketFilter.of("ether host 02:00:00:00:00:01");

    assertThat(filter.matches(Frame.of(LinkType.RAW, UDP))).isFalse();
    assertThat(filter.problem(LinkType.RAW))
        .hasMessage("at 1: Ethernet addresses are not for Raw IP");
    assertThat(filter.matches(UDP_ON_ETHERNET)).isTrue();
    assertThat(filter.problem(LinkType.ETHERNET)).isNull();
  }

  @Test
  void refusesAtOnceWhatIsNoFilterForTheLinkTypeThatItIsMadeFor() {
    assertThatThrownBy(() -> PacketFilter.of("tcp and"))
        .isInstanceOf(FilterException.class)
        .hasMessageStartingWith("at 8: ");
    assertThatThrownBy(() -> PacketFilter.of("vlan", LinkType.RAW))
        .isInstanceOf(FilterException.class)
        .hasMessage("at 1: 'vlan' is not for Raw IP");
  }

  @Test
  void takesAnAddressFamilyInEitherByteOrder() {
    String ip = "45000014" + "0".repeat(32);

    for (LinkType linkType : List.of(LinkType.NULL, LinkType.LOOP)) {
      PacketFilter filter = PacketFilter.of("ip", linkType);
      assertThat(filter.matches(HexFormat.of().parseHex("02000000" + ip))).isTrue();
      assertThat(filter.matches(HexFormat.of().parseHex("00000002" + ip))).isTrue();
      assertThat(filter.matches(HexFormat.of().parseHex("0000001e" + ip))).isFalse();
      assertThat(filter.matches(new byte[0])).isFalse();
    }
  }

  @Test
  void tellsWhichLinkTypesItMatchesNothingOf() {
    PacketFilter filter = PacketFilter.of("arp");

    assertThat(filter.matchesNothing(LinkType.RAW)).isTrue();
    assertThat(filter.problem(LinkType.RAW)).isNull();
    assertThat(filter.matchesNothing(LinkType.ETHERNET)).isFalse();
  }

  @Test
  void asksTheFrameForItsDirectionAndInterface() {
    PacketFilter outbound = PacketFilter.of("outbound");
    PacketFilter inbound = PacketFilter.of("inbound and udp");
    PacketFilter second = PacketFilter.of("ifindex 2");

    assertThat(outbound.matches(new Arrived(Direction.OUTGOING, 2))).isTrue();
    assertThat(outbound.matches(new Arrived(Direction.HOST, 2))).isFalse();
    assertThat(inbound.matches(new Arrived(Direction.OUTGOING, 2))).isFalse();
    assertThat(inbound.matches(new Arrived(Direction.OTHERHOST, 2))).isTrue();
    assertThat(second.matches(new Arrived(Direction.HOST, 2))).isTrue();
    assertThat(second.matches(new Arrived(Direction.HOST, 3))).isFalse();
  }

  @Test
  void matchesNoFrameThatDoesNotKnowWhatIsAsked() {
    Frame stranger = new Arrived(Direction.UNKNOWN, 0);

    for (String expression : new String[] {"outbound", "inbound", "ifindex 0", "not ifindex 2"}) {
      assertThat(PacketFilter.of(expression).matches(stranger)).as(expression).isFalse();
    }
    assertThat(PacketFilter.of("udp").matches(stranger)).isTrue();
  }

  @Test
  void isAsStrictAsASavefileWhereTheOptionsSaySo() {
    FilterOptions options = FilterOptions.of(LinkType.ETHERNET);
    PacketFilter filter = PacketFilter.of("outbound", options);

    assertThat(filter.problem(LinkType.ETHERNET))
        .hasMessage("at 1: a savefile of Ethernet does not say the direction");
    assertThat(filter.matches(new Arrived(Direction.OUTGOING, 2))).isFalse();
    assertThatThrownBy(() -> PacketFilter.of("ip", options.withView(PacketView.SOCKET)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void countsTheInstructionsOfTheLatestFrame() {
    PacketFilter filter = PacketFilter.of("udp");

    boolean _ = filter.matches(UDP_ON_ETHERNET);
    int ofUdp = filter.executed();
    boolean _ = filter.matches(hex("020000000002 020000000001 88b5"));

    assertThat(ofUdp).isEqualTo(5);
    assertThat(filter.executed()).isEqualTo(4);
  }

  @Test
  void decidesOnFrameAfterFrameWithoutAllocating() {
    PacketFilter ofBytes = PacketFilter.of("udp port 53");
    PacketFilter ofDirection = PacketFilter.of("udp port 53 and outbound");
    Frame[] frames = {
      Frame.of(LinkType.RAW, UDP),
      Frame.of(LinkType.LINUX_SLL2, UDP_ON_ETHERNET),
      new Arrived(Direction.OUTGOING, 2),
      new Arrived(Direction.UNKNOWN, 0),
    };
    int[] matched = {0};

    int rounds =
        Allocation.assertNone(() -> {
          for (int i = 0; i < 5_000; i++) {
            Frame frame = frames[i % frames.length];
            matched[0] += ofBytes.matches(frame) ? 1 : 0;
            matched[0] += ofDirection.matches(frame) ? 1 : 0;
          }
        });

    assertThat(matched[0])
        .isEqualTo(rounds * 5_000); // three by bytes and one by direction, of four
  }
}
