package io.ringtap.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PacketLayersTest {
  private static final String ADDRESSES = "020000000002 020000000001";
  private static final String IPV4_UDP = "4500 0024 1234 4000 4011 0000 0a000001 0a000002";
  private static final String UDP = "1388 1770 0010 0000 6461746167 72616d";
  private static final String IPV6_ADDRESSES =
      "20010db8000000000000000000000001 20010db8000000000000000000000002";
  private static final LinkType[] LINK_TYPES = {
    LinkType.ETHERNET,
    LinkType.LINUX_SLL,
    LinkType.LINUX_SLL2,
    LinkType.RAW,
    LinkType.NULL,
    LinkType.LOOP,
    LinkType.IPV4,
    LinkType.IPV6,
    new LinkType(147)
  };

  private final PacketLayers layers = new PacketLayers();

  @Test
  void findsTheLayersOfADatagram() {
    read(LinkType.ETHERNET, ADDRESSES + "0800" + IPV4_UDP + UDP + "0000 0000");

    assertThat(layers.etherType()).isEqualTo(EtherType.IPV4);
    assertThat(layers.vlanCount()).isZero();
    assertThat(layers.vlanId()).isEqualTo(-1);
    assertThat(layers.networkOffset()).isEqualTo(14);
    assertThat(layers.ipVersion()).isEqualTo(4);
    assertThat(layers.protocol()).isEqualTo(IpProtocol.UDP);
    assertThat(layers.isFragment()).isFalse();
    assertThat(layers.transportOffset()).isEqualTo(34);
    assertThat(layers.hasPorts()).isTrue();
    assertThat(layers.sourcePort()).isEqualTo(5000);
    assertThat(layers.destinationPort()).isEqualTo(6000);
    assertThat(layers.payloadOffset()).isEqualTo(42);
    assertThat(layers.end()).as("without padding").isEqualTo(50);
  }

  @Test
  void looksBehindTags() {
    read(LinkType.ETHERNET, ADDRESSES + "88a8 00c8 8100 b064 0800" + IPV4_UDP + UDP);

    assertThat(layers.etherType()).isEqualTo(EtherType.IPV4);
    assertThat(layers.vlanCount()).isEqualTo(2);
    assertThat(layers.vlanId()).isEqualTo(200);
    assertThat(layers.networkOffset()).isEqualTo(22);
    assertThat(layers.transportOffset()).isEqualTo(42);
  }

  @Test
  void looksBehindPseudoHeaders() {
    String first = "0000 0001 0006 0200000000010000 0800";
    String second = "0800 0000 00000001 0001 00 06 0200000000010000";

    read(LinkType.LINUX_SLL, first + IPV4_UDP + UDP);
    long behindFirst = layers.transportOffset();
    read(LinkType.LINUX_SLL2, second + IPV4_UDP + UDP);
    long behindSecond = layers.transportOffset();
    read(LinkType.RAW, IPV4_UDP + UDP);
    long behindNone = layers.transportOffset();
    read(LinkType.NULL, "02000000" + IPV4_UDP + UDP);
    long behindFamily = layers.transportOffset();

    assertThat(behindFirst).isEqualTo(36);
    assertThat(behindSecond).isEqualTo(40);
    assertThat(behindNone).isEqualTo(20);
    assertThat(behindFamily).isEqualTo(24);
  }

  @Test
  void looksBehindExtensionHeaders() {
    String ip = "60000000 0020 00 40" + IPV6_ADDRESSES;
    String options = "3c00 0502 0000 0100" + "1100 0104 00000000";

    read(LinkType.ETHERNET, ADDRESSES + "86dd" + ip + options + UDP);

    assertThat(layers.ipVersion()).isEqualTo(6);
    assertThat(layers.protocol()).isEqualTo(IpProtocol.UDP);
    assertThat(layers.transportOffset()).isEqualTo(14 + 40 + 16);
    assertThat(layers.destinationPort()).isEqualTo(6000);
  }

  @Test
  void findsNoTransportInLaterFragments() {
    String ip = "60000000 0018 2c 40" + IPV6_ADDRESSES;

    read(LinkType.ETHERNET, ADDRESSES + "0800" + IPV4_UDP.replace("4000", "2003") + UDP);
    boolean isFragment = layers.isFragment();
    long inLater = layers.transportOffset();
    read(LinkType.ETHERNET, ADDRESSES + "0800" + IPV4_UDP.replace("1234 4000", "1234 2000") + UDP);
    long inFirst = layers.transportOffset();
    read(LinkType.ETHERNET, ADDRESSES + "86dd" + ip + "1100 0018 00000007" + UDP);

    assertThat(isFragment).isTrue();
    assertThat(inLater).isEqualTo(-1);
    assertThat(inFirst).isEqualTo(34);
    assertThat(layers.isFragment()).isTrue();
    assertThat(layers.protocol()).isEqualTo(IpProtocol.UDP);
    assertThat(layers.transportOffset()).isEqualTo(-1);
    assertThat(layers.hasPorts()).isFalse();
  }

  @Test
  void knowsPortsOfWhichTheRestWasCutOff() {
    MemorySegment frame = Frames.hex(ADDRESSES + "0800" + IPV4_UDP + UDP);

    layers.read(LinkType.ETHERNET, frame, 0, 38);
    boolean with4 = layers.hasPorts();
    long payload = layers.payloadOffset();
    layers.read(LinkType.ETHERNET, frame, 0, 37);

    assertThat(with4).isTrue();
    assertThat(payload).isEqualTo(-1);
    assertThat(layers.hasPorts()).isFalse();
    assertThat(layers.transportOffset()).isEqualTo(-1);
  }

  @Test
  void readsAPacketThatIsStillToBeCutIntoSegments() {
    read(LinkType.ETHERNET, ADDRESSES + "0800" + IPV4_UDP.replace("0024", "0000") + UDP);

    assertThat(layers.ipVersion()).isEqualTo(4);
    assertThat(layers.end()).isEqualTo(50);
    assertThat(layers.sourcePort()).isEqualTo(5000);
  }

  @Test
  void forgetsThePacketBefore() {
    read(LinkType.ETHERNET, ADDRESSES + "8100 0064 0800" + IPV4_UDP + UDP);

    read(LinkType.ETHERNET, ADDRESSES);

    assertThat(layers.etherType()).isEqualTo(-1);
    assertThat(layers.vlanCount()).isZero();
    assertThat(layers.vlanId()).isEqualTo(-1);
    assertThat(layers.networkOffset()).isEqualTo(-1);
    assertThat(layers.ipVersion()).isZero();
    assertThat(layers.protocol()).isEqualTo(-1);
    assertThat(layers.transportOffset()).isEqualTo(-1);
    assertThat(layers.sourcePort()).isZero();
    assertThat(layers.payloadOffset()).isEqualTo(-1);
    assertThat(layers.end()).isEqualTo(12);
  }

  @Test
  @Randomized
  void neverReadsBeyondWhatWasCaptured() {
    Property.forAll(random -> {
      int offset = random.nextInt(8);
      MemorySegment frame = likely(random, offset);
      LinkType linkType = LINK_TYPES[random.nextInt(LINK_TYPES.length)];

      for (int caplen = 0; caplen <= frame.byteSize() - offset; caplen++) {
        MemorySegment cut = frame.asSlice(0, offset + caplen);

        layers.read(linkType, cut, offset, caplen);

        assertThat(layers.end()).isBetween((long) offset, cut.byteSize());
        assertThat(layers.networkOffset()).isLessThanOrEqualTo(cut.byteSize());
        assertThat(layers.transportOffset()).isLessThan(Math.max(1, layers.end()));
        assertThat(layers.payloadOffset()).isLessThanOrEqualTo(layers.end());
      }
    });
  }

  /// A valid frame with some bytes changed.
  private static MemorySegment likely(SplittableRandom random, int offset) {
    String ip =
        random.nextBoolean()
            ? "0800" + IPV4_UDP
            : "86dd 60000000 0018 3c 40" + IPV6_ADDRESSES + "1100 0104 00000000";
    String tag = random.nextBoolean() ? "8100 0064" : "";
    String link = random.nextInt(3) == 0 ? "" : ADDRESSES + tag;
    MemorySegment frame = Frames.hex("00".repeat(offset) + link + ip + UDP);
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt((int) frame.byteSize());
      NetworkOrder.unsignedByte(frame, at, random.nextInt(256));
    }
    return frame;
  }

  private void read(LinkType linkType, String packet) {
    MemorySegment frame = Frames.hex(packet);
    layers.read(linkType, frame, 0, (int) frame.byteSize());
  }
}
