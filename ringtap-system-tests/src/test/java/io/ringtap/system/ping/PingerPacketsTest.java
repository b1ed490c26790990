package io.ringtap.system.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ringtap.device.InterfaceAddress;
import io.ringtap.device.NetworkInterfaces;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PathMtu;
import io.ringtap.ping.PingCounts;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.Pinger;
import io.ringtap.ping.PingerOptions;
import io.ringtap.ping.RecordedHop;
import io.ringtap.ping.Recording;
import io.ringtap.ping.ReplySource;
import io.ringtap.ping.StampSource;
import io.ringtap.ping.Transport;
import io.ringtap.system.Tcpdump;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The options of a pinger's packets, as tcpdump sees them at the other end of a cable beside those
/// of ping.
class PingerPacketsTest {
  private static final IpAddress THERE = IpAddress.parse("10.0.0.2");
  private static final IpAddress THERE6 = IpAddress.parse("fd00::2");
  private static final IpAddress BROADCAST = IpAddress.parse("10.0.0.255");
  private static final PingOptions ONE =
      PingOptions.DEFAULT.withCount(1).withTimeout(Duration.ofSeconds(5));

  /// Its length, which nothing else here has, shows that tcpdump has seen all before it.
  private static final PingOptions LAST = ONE.withPayloadBytes(777);

  private static final String LAST_SEEN = "length 785";

  private static NetworkNamespace here;
  private static NetworkNamespace there;
  private static VethPair cable;
  private static VethPair other; // to the same host
  private static Pinger pinger;

  @BeforeAll
  static void open() throws IOException {
    Requirement.root();
    Requirement.tool("tcpdump");
    Requirement.tool("ping");
    here = NetworkNamespace.create("pinging");
    there = NetworkNamespace.create("pinged");
    cable = VethPair.create(here, "v0", there, "v1");
    cable.a().address("10.0.0.1/24").address("fd00::1/64");
    cable.b().address("10.0.0.2/24").address("fd00::2/64");
    other = VethPair.create(here, "v2", there, "v3");
    other.a().address("10.1.0.1/24");
    other.b().address("10.1.0.2/24");
    here.sysctl("net.ipv4.ping_group_range", "0 0");
    here.routes().via("192.0.2.0/24", "10.0.0.2");
    there.sysctl("net.ipv4.icmp_echo_ignore_broadcasts", "0");
    pinger = here.call(Pinger::open);
  }

  @AfterAll
  static void close() {
    if (pinger != null) {
      pinger.close();
      here.close();
      there.close();
    }
  }

  private static Outcomes ping(IpAddress target, PingOptions options) {
    return ping(pinger, target, options);
  }

  private static Outcomes ping(Pinger with, IpAddress target, PingOptions options) {
    Outcomes outcomes = new Outcomes();
    PingCounts counts = with.ping(PingRequest.to(target).with(options), outcomes).join().counts();
    assertThat(counts.sent() + counts.unsent()).isEqualTo(options.count());
    return outcomes;
  }

  /// What the reference sends.
  private static void pingBeside(String... arguments) throws IOException, InterruptedException {
    String[] words = new String[arguments.length + 1];
    words[0] = "ping";
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    Process process = here.start(words);
    process.inputReader().lines().forEach(line -> {});
    int _ = process.waitFor();
  }

  private static List<String> all(List<String> lines, String pattern) {
    return lines.stream()
        .map(Pattern.compile(pattern)::matcher)
        .filter(Matcher::find)
        .map(Matcher::group)
        .toList();
  }

  private static Errno refusal(Outcomes outcomes) {
    return ((PingOutcome.NotSent) outcomes.all().getFirst()).errno();
  }

  @ParameterizedTest
  @EnumSource(
      value = PathMtu.class,
      names = {"DO", "WANT", "DONT", "PROBE"})
  void fragmentsAsPingDoes(PathMtu pathMtu) throws Exception {
    // Of ping's versions only the later know the fourth, which differs where a path's MTU is
    // learned.
    String reference = pathMtu == PathMtu.PROBE ? "do" : pathMtu.word();
    String form = "offset \\d+, flags \\[.*\\], proto ICMP \\(1\\), length \\d+";
    List<String> expected;
    try (Tcpdump tcpdump = Tcpdump.on(cable.b(), "-v", "src 10.0.0.1 and icmp")) {
      pingBeside("-M", reference, "-c1", "-s1000", "10.0.0.2");
      pingBeside("-M", reference, "-c1", "-s2000", "10.0.0.2");
      ping(THERE, LAST);
      expected = all(tcpdump.linesUntil(LAST_SEEN), form);
    }

    try (Tcpdump tcpdump = Tcpdump.on(cable.b(), "-v", "src 10.0.0.1 and icmp")) {
      ping(THERE, ONE.withPathMtu(pathMtu).withPayloadBytes(1000));
      Outcomes large = ping(THERE, ONE.withPathMtu(pathMtu).withPayloadBytes(2000));
      Outcomes large6 = ping(THERE6, ONE.withPathMtu(pathMtu).withPayloadBytes(2000));
      ping(THERE, LAST);

      boolean isRefused = pathMtu == PathMtu.DO || pathMtu == PathMtu.PROBE;
      for (Outcomes each : List.of(large, large6)) {
        if (isRefused) {
          assertThat(refusal(each)).isEqualTo(Errno.EMSGSIZE);
        } else {
          assertThat(each.of(PingOutcome.Reply.class)).hasSize(1);
        }
      }
      assertThat(all(tcpdump.linesUntil(LAST_SEEN), form)).isEqualTo(expected).isNotEmpty();
    }
  }

  /// Behind the first 16 bytes, which hold ping's time and the pinger's cookie and tag.
  @ParameterizedTest
  @CsvSource({"00ff, 40", "a1b2c3, 1200"})
  void fillsPayloadsAsPingDoes(String pattern, int bytes) throws Exception {
    PingOptions options = ONE.withPayloadBytes(bytes).withPattern(HexFormat.of().parseHex(pattern));

    try (Tcpdump tcpdump = Tcpdump.on(cable.b(), "-x", "src 10.0.0.1 and icmp")) {
      pingBeside("-p", pattern, "-c1", "-s" + bytes, "10.0.0.2");
      assertThat(ping(THERE, options).of(PingOutcome.Reply.class)).hasSize(1);
      ping(THERE, LAST);

      List<String> packets = packets(tcpdump.linesUntil(LAST_SEEN));

      int filled = (20 + 8 + 16) * 2; // hexadecimal digits before that
      assertThat(packets).hasSize(2);
      assertThat(packets.get(1).substring(filled)).isEqualTo(packets.get(0).substring(filled));
      assertThat(packets.get(1))
          .endsWith(pattern.substring(0, 2 * (bytes % (pattern.length() / 2))));
    }
  }

  /// What `-x` shows of each packet but the last, in hexadecimal digits.
  private static List<String> packets(List<String> lines) {
    List<String> packets = new ArrayList<>();
    StringBuilder packet = new StringBuilder();
    for (String line : lines) {
      if (line.startsWith("\t0x")) {
        packet.append(line.substring(line.indexOf(':') + 1).replace(" ", ""));
      } else if (!packet.isEmpty()) {
        packets.add(packet.toString());
        packet.setLength(0);
      }
    }
    return packets;
  }

  /// Random payloads, also such as go in fragments, come back intact, and no two are alike.
  @ParameterizedTest
  @CsvSource({
    "10.0.0.2, 4",
    "10.0.0.2, 56",
    "10.0.0.2, 1400",
    "10.0.0.2, 65507",
    "fd00::2, 56",
    "fd00::2, 65527"
  })
  void randomPayloadsComeBackIntact(String target, int bytes) {
    PingOptions options =
        ONE.withCount(20)
            .withInterval(Duration.ofMillis(1))
            .withPayloadBytes(bytes)
            .withRandomPayload();

    assertThat(ping(IpAddress.parse(target), options).of(PingOutcome.Reply.class)).hasSize(20);
  }

  @Test
  void randomPayloadsDiffer() throws Exception {
    PingOptions options = ONE.withCount(3).withInterval(Duration.ZERO).withRandomPayload();

    try (Tcpdump tcpdump = Tcpdump.on(cable.b(), "-x", "src 10.0.0.1 and icmp")) {
      ping(THERE, options.withPayloadBytes(1000));
      ping(THERE, LAST);

      List<String> fills =
          packets(tcpdump.linesUntil(LAST_SEEN)).stream()
              .map(packet -> packet.substring(80))
              .toList();

      assertThat(fills).hasSize(3).doesNotHaveDuplicates();
      assertThat(compressed(String.join("", fills))).isGreaterThan(3 * 980);
    }
  }

  /// Bytes that are left of a text of hexadecimal digits.
  private static int compressed(String digits) {
    Deflater deflater = new Deflater();
    deflater.setInput(HexFormat.of().parseHex(digits));
    deflater.finish();
    int bytes = deflater.deflate(new byte[digits.length()]);
    deflater.end();
    return bytes;
  }

  @Test
  void sendsNoMoreThanAPacketHolds() {
    assertThat(refusal(ping(THERE, ONE.withPayloadBytes(65_508)))).isEqualTo(Errno.EMSGSIZE);
    assertThat(ping(THERE, ONE.withPayloadBytes(65_507)).of(PingOutcome.Reply.class)).hasSize(1);
    assertThat(ping(THERE6, ONE.withPayloadBytes(65_527)).of(PingOutcome.Reply.class)).hasSize(1);
  }

  /// Requests of different modes that are due at once go through the same socket.
  @Test
  void mixesModes() {
    List<PingRequest> requests =
        List.of(
            PingRequest.to(THERE).with(ONE.withPayloadBytes(2000)),
            PingRequest.to(THERE).with(ONE.withPayloadBytes(2000).withPathMtu(PathMtu.DO)),
            PingRequest.to(BROADCAST).with(ONE.withBroadcast(true)),
            PingRequest.to(THERE).with(ONE.withPayloadBytes(2000)),
            PingRequest.to(BROADCAST).with(ONE),
            PingRequest.to(IpAddress.parse("192.0.2.1")).with(ONE.withRouting(false)));

    List<Long> received =
        pinger.pingAll(requests).join().stream().map(each -> each.counts().received()).toList();

    assertThat(received).containsExactly(1L, 0L, 1L, 1L, 0L, 0L);
  }

  @Test
  void sendsNoBroadcastUnlessItIsAllowed() throws IOException {
    IpAddress everywhere = IpAddress.parse("255.255.255.255");
    PingOptions options = ONE.withInterfaceIndex(cable.a().index());

    assertThat(refusal(ping(BROADCAST, ONE))).isEqualTo(Errno.EACCES);
    assertThat(refusal(ping(everywhere, options))).isEqualTo(Errno.EACCES);
    assertThat(ping(everywhere, options.withBroadcast(true)).of(PingOutcome.Reply.class))
        .hasSize(1);
  }

  @Test
  void takesAnswersToABroadcastFromWhoeverAnswers() {
    Outcomes outcomes = ping(BROADCAST, ONE.withBroadcast(true));

    assertThat(outcomes.of(PingOutcome.Reply.class))
        .singleElement()
        .extracting(PingOutcome.Reply::from)
        .isEqualTo(THERE);
  }

  @ParameterizedTest
  @CsvSource({"0.0.0.0, 127.0.0.1", "::, ::1"})
  void takesTheAnswerToNoAddress(String target, String from) {
    Outcomes outcomes = ping(IpAddress.parse(target), ONE);

    assertThat(outcomes.of(PingOutcome.Reply.class))
        .singleElement()
        .extracting(PingOutcome.Reply::from)
        .isEqualTo(IpAddress.parse(from));
  }

  @ParameterizedTest
  @CsvSource({
    "RAW, HOST, 10.0.0.2",
    "RAW, HOST, fd00::2",
    "RAW, TAP, 10.0.0.2",
    "RAW, TAP, fd00::2",
    "DATAGRAM, HOST, 10.0.0.2",
    "DATAGRAM, HOST, fd00::2"
  })
  void reportsTheReplysTrafficClass(Transport transport, ReplySource replies, String target)
      throws IOException {
    PingerOptions options =
        PingerOptions.DEFAULT.withTransport(transport).withReplies(replies).withMaxInFlight(1024);

    try (Pinger with = here.call(() -> Pinger.open(options))) {
      Outcomes outcomes = ping(with, IpAddress.parse(target), ONE.withTrafficClass(0xa4));

      // Linux answers with the class of the request.
      assertThat(outcomes.of(PingOutcome.Reply.class))
          .singleElement()
          .satisfies(reply -> {
            assertThat(reply.trafficClass()).isEqualTo(0xa4);
            assertThat(reply.hopLimit()).isEqualTo(64);
          });
    }
  }

  @ParameterizedTest
  @EnumSource(ReplySource.class)
  void asksForTheTimeOfDay(ReplySource replies) throws Exception {
    PingerOptions options = PingerOptions.DEFAULT.withTransport(Transport.RAW).withReplies(replies);

    try (Pinger with = here.call(() -> Pinger.open(options));
        Tcpdump tcpdump = Tcpdump.on(cable.b(), "icmp")) {
      Outcomes outcomes = ping(with, THERE, ONE.withTimestampRequest());
      ping(THERE, LAST);

      PingOutcome.Reply reply = outcomes.of(PingOutcome.Reply.class).getFirst();
      PingOutcome.Timestamps times = Objects.requireNonNull(reply.arrival().timestamps());
      assertThat(reply.stamp()).isEqualTo(StampSource.KERNEL);
      assertThat(all(tcpdump.linesUntil(LAST_SEEN), "org.*xmit [0-9:.]*"))
          .containsExactly(
              "org %s, recv %s, xmit %s"
                  .formatted(
                      timeOfDay(times.originate()),
                      timeOfDay(times.receive()),
                      timeOfDay(times.transmit())));
      // Both clocks are the same: the request was received soon after it was sent.
      assertThat(times.receive() - times.originate()).isBetween(0, 10_000);
    }
  }

  /// As tcpdump prints it.
  private static String timeOfDay(int millis) {
    return LocalTime.ofNanoOfDay(millis * 1_000_000L)
        .format(DateTimeFormatter.ofPattern("HH:mm:ss.SSS"));
  }

  @Test
  void asksForTheTimeOfDayOnlyWhereThatCanBeSent() throws IOException {
    PingOptions options = ONE.withTimestampRequest();
    PingerOptions datagrams = PingerOptions.DEFAULT.withTransport(Transport.DATAGRAM);

    assertThat(refusal(ping(THERE6, options))).isEqualTo(Errno.EPROTONOSUPPORT);
    try (Pinger with = here.call(() -> Pinger.open(datagrams))) {
      assertThat(refusal(ping(with, THERE, options))).isEqualTo(Errno.EPROTONOSUPPORT);
    }
  }

  /// The error of a router quotes a timestamp request.
  @Test
  void reportsErrorsAboutTimestampRequests() throws IOException {
    there.forward();

    Outcomes outcomes = ping(IpAddress.parse("192.0.2.1"), ONE.withTimestampRequest());

    assertThat(outcomes.of(PingOutcome.IcmpError.class))
        .singleElement()
        .satisfies(error -> {
          assertThat(error.from()).isEqualTo(THERE);
          assertThat(error.arrival().timestamps()).isNull();
        });
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"RAW", "DATAGRAM"})
  void sendsWithACertainIdentifier(Transport transport) throws Exception {
    PingerOptions options = PingerOptions.DEFAULT.withTransport(transport).withIdentifier(0x1234);

    try (Pinger with = here.call(() -> Pinger.open(options));
        Tcpdump tcpdump = Tcpdump.on(cable.b(), "icmp or icmp6")) {
      assertThat(ping(with, THERE, ONE).of(PingOutcome.Reply.class)).hasSize(1);
      assertThat(ping(with, THERE6, ONE).of(PingOutcome.Reply.class)).hasSize(1);
      ping(THERE, LAST);

      assertThat(all(tcpdump.linesUntil(LAST_SEEN), "echo request, id 4660, seq [12],")).hasSize(2);
    }
  }

  @Test
  void recordsTheRouteAsPingDoes() throws Exception {
    PingOutcome.Reply reply =
        ping(THERE, ONE.withRecording(Recording.ROUTE)).of(PingOutcome.Reply.class).getFirst();

    List<String> addresses =
        reply.arrival().recorded().hops().stream()
            .map(hop -> String.valueOf(hop.address()))
            .toList();
    Process ping = here.start("ping", "-n", "-R", "-c1", "10.0.0.2");
    String shown = String.join("\n", ping.inputReader().lines().toList());
    assertThat(shown).contains("RR: \t" + String.join("\n\t", addresses));
    assertThat(addresses).containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.2", "10.0.0.1");
  }

  @ParameterizedTest
  @EnumSource(ReplySource.class)
  void recordsTimesOnTheWay(ReplySource replies) throws IOException {
    PingerOptions options = PingerOptions.DEFAULT.withTransport(Transport.RAW).withReplies(replies);

    try (Pinger with = here.call(() -> Pinger.open(options))) {
      for (Recording recording : List.of(Recording.TIMES, Recording.ROUTE_AND_TIMES)) {
        Outcomes outcomes = ping(with, THERE, ONE.withRecording(recording));

        List<RecordedHop> hops =
            outcomes.of(PingOutcome.Reply.class).getFirst().arrival().recorded().hops();
        assertThat(hops).hasSizeBetween(3, 4); // the last is written after a tap has seen the reply
        for (RecordedHop hop : hops) {
          assertThat(hop.millis() - hops.getFirst().millis()).isBetween(0, 10_000);
          assertThat(hop.address() == null).isEqualTo(recording.equals(Recording.TIMES));
        }
      }
    }
  }

  /// Beside ping -F, which asks for the label to be its own: from then on, for a while, the kernel
  /// refuses those that nobody has asked for.
  @Test
  void sendsAFlowLabel() throws Exception {
    try (Tcpdump tcpdump =
        Tcpdump.on(cable.b(), "-v", "icmp or (src fd00::1 and ip6[40] == 128)")) {
      assertThat(ping(THERE6, ONE.withFlowLabel(0xabcde)).of(PingOutcome.Reply.class)).hasSize(1);
      pingBeside("-F", "0xabcde", "-c1", "fd00::2");
      ping(THERE, LAST);

      assertThat(all(tcpdump.linesUntil(LAST_SEEN), "flowlabel 0x[0-9a-f]*"))
          .containsExactly("flowlabel 0xabcde", "flowlabel 0xabcde");
    }
  }

  /// From an address of another interface, out through one that the routes would not take.
  @Test
  void takesASourceAndAnInterfaceTogether() throws Exception {
    PingOptions options =
        ONE.withSource(IpAddress.parse("10.0.0.1")).withInterfaceIndex(other.a().index());

    try (Tcpdump tcpdump = Tcpdump.on(other.b(), "icmp")) {
      PingOptions last = options.withPayloadBytes(777);
      assertThat(ping(IpAddress.parse("10.1.0.2"), options).of(PingOutcome.Reply.class)).hasSize(1);
      ping(IpAddress.parse("10.1.0.2"), last);

      assertThat(all(tcpdump.linesUntil(LAST_SEEN), "IP 10.0.0.1 > 10.1.0.2: ICMP echo request"))
          .hasSize(2);
    }
  }

  @Test
  void reachesALinkLocalAddressThroughAnInterfaceWithoutAScope() throws IOException {
    IpAddress target =
        there.call(NetworkInterfaces::list).stream()
            .filter(each -> each.name().equals("v1"))
            .flatMap(each -> each.addresses().stream())
            .map(InterfaceAddress::address)
            .filter(InetAddress::isLinkLocalAddress)
            .map(IpAddress::of)
            .findFirst()
            .orElseThrow();

    Outcomes outcomes = ping(target, ONE.withInterfaceIndex(cable.a().index()));

    assertThat(outcomes.of(PingOutcome.Reply.class)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.77", "2001:db8::77"})
  void refusesASourceThatIsNotOurs(String source) throws IOException {
    PingOptions options = ONE.withSource(IpAddress.parse(source));

    assertThatExceptionOfType(LinuxException.class)
        .isThrownBy(() -> here.run(() -> Pinger.check(options)))
        .withMessageContaining(source)
        .withMessageContaining("not an address of this host")
        .satisfies(e -> assertThat(e.errno().name()).isEqualTo("EADDRNOTAVAIL"));
    here.run(() ->
        Pinger.check(
            ONE.withSource(IpAddress.parse("fd00::1"))
                .withInterfaceIndex(cable.a().index())
                .withMark(1)));
  }

  @Test
  void goesThroughNoRouterIfItMayNot() {
    PingOptions options = ONE.withRouting(false);

    assertThat(ping(THERE, options).of(PingOutcome.Reply.class)).hasSize(1);
    assertThat(refusal(ping(IpAddress.parse("192.0.2.1"), options))).isEqualTo(Errno.ENETUNREACH);
  }

  @ParameterizedTest
  @CsvSource({"true, fd00::1", "false, fd00::2"})
  void hearsItsOwnMulticastsOrNot(boolean loops, String first) throws IOException {
    PingOptions options =
        ONE.withMulticastLoop(loops)
            .withSource(IpAddress.parse("fd00::1"))
            .withInterfaceIndex(cable.a().index());

    Outcomes outcomes = ping(IpAddress.parse("ff02::1"), options);

    // This host is nearer than any other.
    assertThat(outcomes.of(PingOutcome.Reply.class))
        .singleElement()
        .extracting(PingOutcome.Reply::from)
        .isEqualTo(IpAddress.parse(first));
  }
}
