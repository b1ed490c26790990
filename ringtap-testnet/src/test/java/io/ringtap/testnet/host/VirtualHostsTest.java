package io.ringtap.testnet.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.ringtap.error.LinuxException;
import io.ringtap.packet.IpAddress;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.EchoSocket;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresRoot
class VirtualHostsTest {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final Duration PATIENCE = Duration.ofMillis(PATIENCE_MILLIS);
  private static final int QUIET_MILLIS = 300;
  private static final byte[] PAYLOAD = payload(48);

  private NetworkNamespace namespace;
  private VirtualHosts hosts;
  private EchoSocket ipv4;
  private EchoSocket ipv6;

  @BeforeEach
  void open() throws IOException {
    namespace = NetworkNamespace.create("hosts");
    hosts = VirtualHosts.start(namespace, "tun0", 42);
    hosts.link().address("192.0.2.1/32").address("2001:db8::1/128");
    hosts.own("10.1.0.0/16").own("fd00:1::/32");
    ipv4 = EchoSocket.open(namespace, false);
    ipv6 = EchoSocket.open(namespace, true);
  }

  @AfterEach
  void close() {
    ipv4.close();
    ipv6.close();
    hosts.close();
    namespace.close();
  }

  @Test
  void answerForEveryAddressOfTheirPrefixes() throws IOException {
    hosts.behave("10.1.0.0/16", HostBehaviour.PROMPT.hopLimit(77));

    ipv4.send("10.1.2.3", 1, 2, PAYLOAD);
    ipv6.send("fd00:1::abcd", 1, 3, PAYLOAD);

    EchoSocket.Answer four = ipv4.receive(PATIENCE_MILLIS).orElseThrow();
    assertThat(four.from()).isEqualTo("10.1.2.3");
    assertThat(four.type()).isZero();
    assertThat(four.sequence()).isEqualTo(2);
    assertThat(four.hopLimit()).isEqualTo(77);
    assertThat(four.payload()).isEqualTo(PAYLOAD);
    assertThat(four.hasGoodChecksum()).isTrue();
    EchoSocket.Answer six = ipv6.receive(PATIENCE_MILLIS).orElseThrow();
    assertThat(six.from()).isEqualTo("fd00:1:0:0:0:0:0:abcd");
    assertThat(six.type()).isEqualTo(129);
    assertThat(six.sequence()).isEqualTo(3);
    assertThat(six.payload()).isEqualTo(PAYLOAD);
  }

  @Test
  void answerAcrossANamespaceThatForwards() throws IOException {
    try (NetworkNamespace far = NetworkNamespace.create("far")) {
      VethPair cable = VethPair.create(far, "a0", namespace, "b0");
      cable.a().address("10.9.0.1/24").address("fd00:9::1/64");
      cable.b().address("10.9.0.2/24").address("fd00:9::2/64");
      far.routes().via("10.1.0.0/16", "10.9.0.2").via("fd00:1::/32", "fd00:9::2");
      namespace.forward();
      try (EchoSocket four = EchoSocket.open(far, false);
          EchoSocket six = EchoSocket.open(far, true)) {
        four.send("10.1.200.1", 1, 1, PAYLOAD);
        six.send("fd00:1::77", 1, 1, PAYLOAD);

        EchoSocket.Answer answer = four.receive(PATIENCE_MILLIS).orElseThrow();
        assertThat(answer.from()).isEqualTo("10.1.200.1");
        assertThat(answer.hopLimit()).isEqualTo(63);
        assertThat(six.receive(PATIENCE_MILLIS).orElseThrow().from())
            .isEqualTo("fd00:1:0:0:0:0:0:77");
      }
    }
  }

  @Test
  void answerNoEarlierThanTheirDelayAndEachOnItsOwn() throws Exception {
    hosts.behave("10.1.1.0/24", HostBehaviour.PROMPT.delay(Duration.ofMillis(400)));
    hosts.behave("10.1.2.0/24", HostBehaviour.PROMPT.delay(Duration.ofMillis(100)));
    long start = System.nanoTime();

    ipv4.send("10.1.1.1", 1, 1, PAYLOAD);
    ipv4.send("10.1.2.1", 1, 2, PAYLOAD);
    ipv4.send("10.1.3.1", 1, 3, PAYLOAD);

    assertThat(received(ipv4, 3)).extracting(EchoSocket.Answer::sequence).containsExactly(3, 2, 1);
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(400_000_000);
    assertThat(hosts.awaitSettled(3, PATIENCE)).isTrue();
  }

  @Test
  void keepSilentWhereToldTo() throws Exception {
    hosts.behave("10.1.0.0/24", HostBehaviour.SILENT).behave("10.1.0.5", HostBehaviour.PROMPT);

    ipv4.send("10.1.0.4", 1, 1, PAYLOAD);
    ipv4.send("10.1.0.5", 1, 2, PAYLOAD);

    assertThat(received(ipv4, 1)).extracting(EchoSocket.Answer::from).containsExactly("10.1.0.5");
    assertThat(hosts.awaitSettled(2, PATIENCE)).isTrue();
    assertThat(hosts.count(HostCounter.SILENT)).isEqualTo(1);
    assertThat(hosts.count(HostCounter.REQUESTS)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void strikeExactlyAsTheSeedSays(boolean six) throws Exception {
    String prefix = six ? "fd00:1::" : "10.1.0.";
    HostBehaviour behaviour =
        HostBehaviour.PROMPT
            .loss(0.1)
            .duplicate(0.1, 2)
            .reorder(0.2, Duration.ofMillis(30))
            .corrupt(0.1)
            .truncate(0.2, 7)
            .answerFrom(0.1, six ? "fd00:1:ffff::1" : "10.1.255.1")
            .wrongChecksum(0.1);
    hosts.behave(six ? "fd00:1::/32" : "10.1.0.0/16", behaviour);
    List<String> expected = new ArrayList<>();
    long damaged = 0;
    long answers = 0;
    long copies = 0;
    for (int host = 1; host <= 5; host++) {
      String address = IpAddress.parse(prefix + host).toInetAddress().getHostAddress();
      for (int i = 0; i < 300; i++) {
        (six ? ipv6 : ipv4).send(prefix + host, 9, i, PAYLOAD);
        Fate fate = hosts.fate(behaviour, IpAddress.parse(prefix + host), i);
        if (fate.lost()) {
          continue;
        }
        Fault.WrongSource wrong = fate.wrongSource();
        boolean good = !fate.wrongChecksum() && fate.corruption() == null;
        answers++;
        copies += fate.copies();
        for (int copy = 0; copy <= fate.copies(); copy++) {
          if (six && !good) {
            damaged++; // the kernel drops these before a raw ICMPv6 socket sees them
            continue;
          }
          String from = wrong == null ? address : wrong.source().toInetAddress().getHostAddress();
          int length = fate.truncation() == null ? PAYLOAD.length : 7;
          expected.add(seen(from, i, length, good, fate.corruption() == null));
        }
      }
    }

    List<String> answered =
        received(six ? ipv6 : ipv4, expected.size()).stream()
            .map(answer ->
                seen(
                    answer.from(),
                    answer.sequence(),
                    answer.payload().length,
                    six || answer.hasGoodChecksum(),
                    isIntact(answer.payload())))
            .toList();

    assertThat(answered).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(hosts.awaitSettled(1_500, PATIENCE)).isTrue();
    assertThat(hosts.count(HostCounter.REQUESTS)).isEqualTo(1_500);
    assertThat(hosts.count(HostCounter.LOST)).isEqualTo(1_500 - answers);
    assertThat(hosts.count(HostCounter.ANSWERS)).isEqualTo(answers);
    assertThat(hosts.count(HostCounter.DUPLICATES)).isEqualTo(copies);
    assertThat(hosts.count(HostCounter.SENT)).isEqualTo(expected.size() + damaged);
    assertThat(hosts.counts()).containsEntry(HostCounter.NOT_TAKEN, 0L);
  }

  @Test
  void repairTheChecksumOfACorruptedPayload() throws IOException {
    hosts.behave("10.1.0.0/16", HostBehaviour.PROMPT.corruptAndRepair(1));
    hosts.behave("fd00:1::/32", HostBehaviour.PROMPT.corruptAndRepair(1));

    ipv4.send("10.1.0.1", 1, 1, PAYLOAD);
    ipv6.send("fd00:1::1", 1, 1, PAYLOAD);

    EchoSocket.Answer four = ipv4.receive(PATIENCE_MILLIS).orElseThrow();
    assertThat(four.hasGoodChecksum()).isTrue();
    assertThat(bitsFlipped(four.payload())).isEqualTo(1);
    assertThat(bitsFlipped(ipv6.receive(PATIENCE_MILLIS).orElseThrow().payload())).isEqualTo(1);
    assertThat(hosts.count(HostCounter.CORRUPTED)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 40})
  void quoteTheRequestInAnIcmpError(int options) throws IOException {
    IcmpError error =
        IcmpError.of(3, 4, "10.1.99.99").withParameter(1400).withQuotedOptions(options);
    hosts.behave("10.1.0.0/16", HostBehaviour.PROMPT.refuse(error));

    ipv4.send("10.1.7.7", 0x1234, 0x5678, PAYLOAD);

    EchoSocket.Answer answer = ipv4.receive(PATIENCE_MILLIS).orElseThrow();
    ByteBuffer quote = ByteBuffer.wrap(answer.payload());
    int header = 20 + options;
    assertThat(answer.from()).isEqualTo("10.1.99.99");
    assertThat(answer.type()).isEqualTo(3);
    assertThat(answer.code()).isEqualTo(4);
    assertThat(answer.sequence()).as("next-hop MTU").isEqualTo(1400);
    assertThat(answer.hasGoodChecksum()).isTrue();
    assertThat(quote.get(0)).isEqualTo((byte) (0x40 | header / 4));
    assertThat(quote.getShort(2)).isEqualTo((short) (header + 8 + PAYLOAD.length));
    assertThat(EchoSocket.onesComplementSum(Arrays.copyOf(quote.array(), header)))
        .isEqualTo(0xffff);
    assertThat(quote.getInt(16)).as("destination").isEqualTo(0x0a010707);
    assertThat(quote.getInt(header + 4)).as("identifier, sequence").isEqualTo(0x12345678);
    assertThat(quote.remaining()).isEqualTo(header + 8 + PAYLOAD.length);
    assertThat(hosts.count(HostCounter.REFUSED)).isEqualTo(1);
  }

  @Test
  void quoteTheRequestInAnIcmpv6Error() throws IOException {
    hosts.behave("fd00:1::/32", HostBehaviour.PROMPT.refuse(IcmpError.of(1, 3, "fd00:1:99::99")));

    ipv6.send("fd00:1::7", 0x1234, 0x5678, payload(1400));

    EchoSocket.Answer answer = ipv6.receive(PATIENCE_MILLIS).orElseThrow();
    ByteBuffer quote = ByteBuffer.wrap(answer.payload());
    assertThat(answer.from()).isEqualTo("fd00:1:99:0:0:0:0:99");
    assertThat(answer.type()).isEqualTo(1);
    assertThat(answer.code()).isEqualTo(3);
    assertThat(quote.getLong(32)).as("end of the destination").isEqualTo(7);
    assertThat(quote.getInt(44)).as("identifier, sequence").isEqualTo(0x12345678);
    assertThat(quote.remaining()).as("all that fits").isEqualTo(1280 - 48);
  }

  @Test
  void dropDamagedRequestsAndWhatIsNoRequest() throws IOException {
    ipv4.sendWithWrongChecksum("10.1.0.1", 1, 1, PAYLOAD);
    ipv4.send("10.1.0.1", 1, 2, payload(3_000));
    ipv4.send("10.1.0.1", 1, 3, PAYLOAD);

    assertThat(received(ipv4, 1)).extracting(EchoSocket.Answer::sequence).containsExactly(3);
    assertThat(hosts.count(HostCounter.DAMAGED)).isEqualTo(1);
    assertThat(hosts.count(HostCounter.OTHER)).as("three fragments").isGreaterThanOrEqualTo(3);
  }

  @Test
  void answerLargePacketsOnALargeLink() throws IOException {
    hosts.link().mtu(65_535);
    hosts.behave("10.1.0.0/16", HostBehaviour.PROMPT.delay(Duration.ofMillis(1)));

    ipv4.send("10.1.0.1", 1, 1, payload(60_000));

    assertThat(ipv4.receive(PATIENCE_MILLIS).orElseThrow().payload()).isEqualTo(payload(60_000));
  }

  @Test
  void keepAHundredThousandAnswersPending() throws IOException {
    hosts.behave("10.1.0.0/16", HostBehaviour.PROMPT.delay(Duration.ofMinutes(10)));

    for (int i = 0; i < 100_000; i++) {
      ipv4.send("10.1." + i % 4 + "." + i % 250, 1, i & 0xffff, PAYLOAD);
      if (i % 10_000 == 0) {
        awaitAnswers(i); // the device queues no more than 65 536 requests
      }
    }
    awaitAnswers(100_000);

    assertThat(hosts.pending()).isEqualTo(100_000);
    assertThat(hosts.link().counters().txDropped()).isZero();
  }

  @Test
  void allocateNothingForAPlainAnswer() throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread =
        Thread.getAllStackTraces().keySet().stream()
            .filter(candidate -> candidate.getName().equals("virtual hosts hosts"))
            .findFirst()
            .orElseThrow()
            .threadId();
    hosts.behave("10.1.1.0/24", HostBehaviour.PROMPT.delay(Duration.ofMillis(1)));
    int enough =
        20_000; // one byte per packet: room for the compiler's last recompilation, but not for an
    // object
    long least = Long.MAX_VALUE;

    // As many rounds as the compiler needs on a busy machine; ends with the first round without
    // its allocations.
    for (int round = 0; round < 100 && least >= enough; round++) {
      long before = threads.getThreadAllocatedBytes(thread);
      exchange(20_000);
      least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
    }

    assertThat(least).isLessThan(enough);
  }

  @Test
  void giveBackDescriptorsAndThreadAndCloseTwice() throws IOException {
    long before = descriptors();

    VirtualHosts others = VirtualHosts.start(namespace, "tun1", 1);
    assertThatThrownBy(() -> VirtualHosts.start(namespace, "tun1", 1))
        .isInstanceOf(LinuxException.class)
        .hasMessageContaining("ioctl(TUNSETIFF)")
        .hasMessageContaining("EBUSY");
    assertThatThrownBy(() ->
            others.behave("fd00::/64", HostBehaviour.PROMPT.refuse(IcmpError.of(3, 1, "10.0.0.1"))))
        .isInstanceOf(IllegalArgumentException.class);
    others.close();
    others.close();

    assertThat(descriptors()).isEqualTo(before);
    assertThatThrownBy(() -> others.link().up()).hasMessageContaining("ENODEV");
  }

  private void awaitAnswers(int count) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (hosts.count(HostCounter.ANSWERS) < count && System.nanoTime() - deadline < 0) {
      Thread.onSpinWait();
    }
  }

  private void exchange(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      ipv4.send("10.1." + i % 2 + ".1", 1, i, PAYLOAD);
    }
    received(ipv4, count);
  }

  /// Receives exactly `count` answers: all must arrive, and no more after a while.
  private static List<EchoSocket.Answer> received(EchoSocket socket, int count) throws IOException {
    List<EchoSocket.Answer> answers = new ArrayList<>();
    while (answers.size() < count) {
      answers.add(socket.receive(PATIENCE_MILLIS).orElseThrow());
    }
    Optional<EchoSocket.Answer> more = socket.receive(count == 1 ? QUIET_MILLIS : 0);
    assertThat(more).isEmpty();
    return answers;
  }

  private static String seen(String from, int sequence, int length, boolean good, boolean intact) {
    return from
        + " sequence "
        + sequence
        + ", payload "
        + length
        + (good ? "" : ", bad checksum")
        + (intact ? "" : ", corrupted");
  }

  private static byte[] payload(int length) {
    byte[] payload = new byte[length];
    for (int i = 0; i < length; i++) {
      payload[i] = (byte) i;
    }
    return payload;
  }

  private static boolean isIntact(byte[] payload) {
    return bitsFlipped(payload) == 0;
  }

  private static int bitsFlipped(byte[] payload) {
    byte[] sent = payload(payload.length);
    int flipped = 0;
    for (int i = 0; i < sent.length; i++) {
      flipped += Integer.bitCount((sent[i] ^ payload[i]) & 0xff);
    }
    return flipped;
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}
