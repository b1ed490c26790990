package io.ringtap.print;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.lang.foreign.MemorySegment;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketPrinterTest {
  private static final long EPOCH_NANOS = 1_700_000_000_123_456_789L;
  private static final int TRIES = 3000;
  private static final PrintOptions BARE = options(TimeForm.NONE, false, 0, DumpForm.NONE);

  private final PacketPrinter printer = printer(BARE);

  @Test
  void printsArp() {
    assertThat(print(printer, Packets.ARP_REQUEST))
        .isEqualTo("ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28\n");
  }

  @Test
  void printsSequenceNumbersFromTheBeginningOfAConnection() {
    String syn = print(printer, Packets.SYN);
    String answer = print(printer, Packets.SYN_ACK);
    String data = print(printer, Packets.DATA);

    assertThat(syn)
        .isEqualTo(
            "IP 10.0.0.1.40000 > 10.0.0.2.9000: Flags [S], seq 1000, win 64240, "
                + "options [mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 7], length 0\n");
    assertThat(answer)
        .isEqualTo(
            "IP 10.0.0.2.9000 > 10.0.0.1.40000: Flags [S.], seq 5000, ack 1001, win 64240, "
                + "length 0\n");
    assertThat(data)
        .isEqualTo(
            "IP 10.0.0.1.40000 > 10.0.0.2.9000: Flags [P.], seq 1:6, ack 1, win 64240, "
                + "length 5\n");
  }

  @Test
  void printsTheLinkHeader() {
    PacketPrinter withHeader = printer(options(TimeForm.NONE, true, 0, DumpForm.NONE));

    assertThat(print(withHeader, Packets.QINQ))
        .isEqualTo(
            "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype 802.1Q-QinQ (0x88a8), length 58: "
                + "vlan 200, p 0, ethertype 802.1Q (0x8100), vlan 100, p 0, "
                + "ethertype IPv4 (0x0800), 10.0.0.1.5000 > 10.0.0.2.6000: UDP, length 8\n");
  }

  @Test
  void printsTheIpHeaderAndTheChecksum() {
    PacketPrinter verbose = printer(options(TimeForm.NONE, false, 1, DumpForm.NONE));

    assertThat(print(verbose, Packets.SYN))
        .startsWith(
            """
            IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 60)
                10.0.0.1.40000 > 10.0.0.2.9000: Flags [S], cksum 0x726b (\
            """);
  }

  @Test
  void letsNoControlCharacterOfAPacketThrough() {
    String line = print(printer, Packets.DNS_ANSWER);

    assertThat(line)
        .isEqualTo("IP 10.0.0.1.53 > 10.0.0.2.40053: 1337 NXDomain 1/0/0 TXT \"a^[^Gb\" (41)\n");
    assertThat(print(printer(options(TimeForm.NONE, false, 1, DumpForm.NONE)), Packets.DNS_ANSWER))
        .contains(" ^[[J.me. TXT \"a^[^Gb\"");
  }

  @Test
  void dumpsWhatItDoesNotKnow() {
    assertThat(print(printer, Packets.UNKNOWN))
        .isEqualTo(
            """
            02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype Unknown (0x88b5), length 19:\s
            \t0x0000:  7768 6174 1b                             what.
            """);
  }

  /// tcpdump takes another bit for it.
  @Test
  void printsThatAnExternalRouteOfOspfV3HasAMetricOfType2() {
    PacketPrinter verbose = printer(options(TimeForm.NONE, false, 2, DumpForm.NONE));

    assertThat(print(verbose, Packets.EXTERNAL_ROUTE))
        .contains("Flags [External Type 2] metric 10\n\t\t2001:db8::/32, metric 0\n");
  }

  /// tcpdump reads the group's numbers again as further values.
  @Test
  void printsWhatFollowsASharedRiskGroup() {
    PacketPrinter verbose = printer(options(TimeForm.NONE, false, 1, DumpForm.NONE));

    assertThat(print(verbose, Packets.SHARED_RISK_GROUP))
        .endsWith(
            """
            Shared risk group: 7
            \t      Traffic Engineering Metric subTLV (5), length: 4, Metric 10
            """);
  }

  /// tcpdump looks for it in the wrong place.
  @Test
  void printsWhoOriginatedAMulticastTunnel() {
    PacketPrinter verbose = printer(options(TimeForm.NONE, false, 1, DumpForm.NONE));

    assertThat(print(verbose, Packets.MULTICAST_TUNNEL))
        .endsWith(
            "Route-Type: S-PMSI (3), length: 22, RD: 65000:1 (= 0.0.0.1), Source 10.0.0.9, "
                + "Group 225.0.0.1, Originator 10.0.0.7\n");
  }

  /// tcpdump prints the type and the length of the parameter instead.
  @Test
  void printsNumbersInM3ua() {
    PacketPrinter verbose = printer(options(TimeForm.NONE, false, 2, DumpForm.NONE));

    assertThat(print(verbose, Packets.M3UA))
        .endsWith("Network Appearance: 0x00000007\n\t\t\tRouting Context: 0x00000064\n");
  }

  /// tcpdump reads the length that follows as the flags.
  @Test
  void printsTheFlagsOfAnLdpSession() {
    PacketPrinter verbose = printer(options(TimeForm.NONE, false, 1, DumpForm.NONE));

    assertThat(print(verbose, Packets.LDP_SESSION))
        .endsWith("Flags: [Downstream On Demand, Loop Detection Enabled]\n");
  }

  /// tcpdump says that it should be 0x6bff.
  @Test
  void judgesChecksumsOfOsi() {
    PacketPrinter verbose = printer(options(TimeForm.NONE, false, 1, DumpForm.NONE));

    assertThat(print(verbose, Packets.LINK_STATE)).contains("chksum: 0x6b01 (correct)");
  }

  /// tcpdump counts a byte too few and takes it for a bad option.
  @Test
  void printsRedirectsOfEsIsToTheirEnd() {
    PacketPrinter verbose = printer(options(TimeForm.NONE, false, 1, DumpForm.NONE));

    assertThat(print(verbose, Packets.REDIRECT)).endsWith("49.00\n\t  SNPA (length: 2): 01:02\n");
  }

  /// tcpdump looks for it before its beginning.
  @Test
  void printsEveryTargetOfAnLspPing() {
    PacketPrinter verbose = printer(options(TimeForm.NONE, false, 1, DumpForm.NONE));

    assertThat(print(verbose, Packets.LSP_PING))
        .endsWith(
            """
            \t    LDP IPv4 prefix subTLV (1), length: 5
            \t      10.0.0.0/24
            \t    VPN IPv4 prefix subTLV (6), length: 13
            \t      RD: 65000:7 (= 0.0.0.7), 10.1.0.0/24
            """);
  }

  /// tcpdump verifies it as if it were a link state message, and so calls each of them wrong.
  @Test
  void verifiesSignaturesOfHellosOfIsis() {
    PrintOptions options =
        PrintOptions.DEFAULTS
            .withTime(TimeForm.NONE)
            .withZone(ZoneOffset.UTC)
            .withVerbosity(1)
            .withSecret("secret");

    assertThat(print(printer(options), Packets.SIGNED_HELLO)).endsWith("655f38 (valid)\n");
  }

  @Test
  void dumpsAsText() {
    PacketPrinter text = printer(options(TimeForm.NONE, false, 0, DumpForm.TEXT));

    assertThat(print(text, Packets.DATA)).contains("length 5\nE..-.4@.@..").endsWith("hello\n");
  }

  @Test
  void saysWhereAPacketWasCut() {
    MemorySegment frame = Packets.frame(Packets.SYN);

    assertThat(print(printer, frame, 8)).isEqualTo(" [|ether]\n");
    assertThat(print(printer, frame, 20)).isEqualTo("IP  [|ip]\n");
    assertThat(print(printer, frame, 34)).isEqualTo("IP 10.0.0.1 > 10.0.0.2: [|tcp]\n");
    assertThat(print(printer, frame, 40)).isEqualTo("IP 10.0.0.1.40000 > 10.0.0.2.9000:  [|tcp]\n");
  }

  @Test
  void printsEachFormOfTime() {
    assertThat(time(TimeForm.TIME_OF_DAY)).startsWith("22:13:20.123456 ARP");
    assertThat(time(TimeForm.NONE)).startsWith("ARP");
    assertThat(time(TimeForm.EPOCH)).startsWith("1700000000.123456 ARP");
    assertThat(time(TimeForm.SINCE_PREVIOUS)).startsWith(" 00:00:00.000000 ARP");
    assertThat(time(TimeForm.DATE_AND_TIME)).startsWith("2023-11-14 22:13:20.123456 ARP");
    assertThat(time(TimeForm.SINCE_FIRST)).startsWith(" 00:00:00.000000 ARP");
  }

  @Test
  @Randomized
  void neverThrowsAndNeverPrintsControlCharacters() {
    List<String> seeds =
        List.of(
            Packets.ARP_REQUEST,
            Packets.SYN,
            Packets.DATA,
            Packets.QINQ,
            Packets.DNS_ANSWER,
            Packets.ECHO_REQUEST_IPV6);
    List<LinkType> links =
        List.of(LinkType.ETHERNET, LinkType.LINUX_SLL, LinkType.LINUX_SLL2, LinkType.RAW);
    PacketPrinter verbose = printer(options(TimeForm.NONE, true, 2, DumpForm.TEXT));

    Property.forAll(
        TRIES,
        random -> {
          MemorySegment frame = Packets.frame(seeds.get(random.nextInt(seeds.size())));
          byte[] bytes = frame.toArray(JAVA_BYTE);
          for (int damage = random.nextInt(6); damage > 0; damage--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
          }
          int caplen = random.nextInt(bytes.length + 1);
          MemorySegment cut = MemorySegment.ofArray(bytes).asSlice(0, caplen);
          LinkType link = random.nextInt(4) > 0 ? links.getFirst() : links.get(random.nextInt(4));
          StringBuilder to = new StringBuilder();

          Frame packet = new MemoryFrame(link, cut, 0, caplen, bytes.length, EPOCH_NANOS, 0);
          verbose.print(to, packet);
          printer.print(to, packet);

          assertThat(to.chars()).allMatch(c -> (c >= ' ' && c <= '~') || c == '\n' || c == '\t');
        });
  }

  private static String time(TimeForm form) {
    return print(printer(options(form, false, 0, DumpForm.NONE)), Packets.ARP_REQUEST);
  }

  private static PrintOptions options(
      TimeForm time, boolean hasLinkHeader, int verbosity, DumpForm dump) {
    return PrintOptions.DEFAULTS
        .withTime(time)
        .withZone(ZoneOffset.UTC)
        .withLinkHeader(hasLinkHeader)
        .withVerbosity(verbosity)
        .withDump(dump);
  }

  private static PacketPrinter printer(PrintOptions options) {
    return new PacketPrinter(options, _ -> null);
  }

  private static String print(PacketPrinter printer, String packet) {
    MemorySegment frame = Packets.frame(packet);
    return print(printer, frame, (int) frame.byteSize());
  }

  private static String print(PacketPrinter printer, MemorySegment frame, int caplen) {
    StringBuilder to = new StringBuilder();
    printer.print(
        to,
        new MemoryFrame(
            LinkType.ETHERNET,
            frame.asSlice(0, caplen),
            0,
            caplen,
            (int) frame.byteSize(),
            EPOCH_NANOS,
            0));
    return to.toString();
  }
}
