package io.ringtap.system.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.ringtap.bpf.Ancillary;
import io.ringtap.bpf.BpfInterpreter;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.ebpf.kernel.LoadedProgram;
import io.ringtap.ebpf.kernel.ProgramType;
import io.ringtap.error.LinuxException;
import io.ringtap.filter.EbpfSocketFilter;
import io.ringtap.filter.FilterCompiler;
import io.ringtap.filter.FilterException;
import io.ringtap.filter.FilterOptions;
import io.ringtap.filter.PacketView;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.LinkType;
import io.ringtap.system.filter.XdpAgreement.Count;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import io.ringtap.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// eBPF for sockets, and filters with sets for sockets and XDP: in the kernel, beside the programs
/// that they were made of.
@RequiresRoot
class SetFilterTest {
  private static final int EXPRESSIONS = 250;
  private static final int PACKETS_FOR_EACH = 32;
  private static final int SETS = 150;
  private static final int ROWS = 60;
  private static final Ancillary NOTHING_BESIDE = new Ancillary(0, 0, 0);
  private static final List<LinkType> LINK_TYPES =
      List.of(LinkType.ETHERNET, LinkType.ETHERNET, LinkType.RAW, LinkType.LINUX_SLL2);

  /// What an expression asks of a set: its name stands for `%s`.
  private static final String[] FORMS = {
    "net in %s",
    "src net in %s",
    "dst net in %s",
    "src and dst net in %s",
    "not net in %s",
    "ip and net in %s",
    "ip6 and src net in %s",
    "arp and net in %s",
    "tcp port 80 and net in %s or udp and not src net in %s",
    "vlan and net in %s",
    "vlan and vlan and src net in %s",
    "mpls and net in %s",
    "pppoes and net in %s",
    "ip6 protochain 6 and net in %s",
    "net in %s and ip protochain 17",
    "len > 60 and net in %s and ip[ip[0] & 0xf] > 3"
  };

  @TempDir private Path directory;

  private final XdpAgreement inXdp = new XdpAgreement();
  private final AtomicLong matches = new AtomicLong();
  private final AtomicLong verdicts = new AtomicLong();
  private KernelSocket kernel;

  @BeforeEach
  void open() throws Exception {
    kernel = new KernelSocket();
  }

  @AfterEach
  void close() {
    kernel.close();
  }

  @Test
  @Randomized(share = 4)
  void decideOnSocketsAsClassicProgramsDo() {
    Property.forAll(
        EXPRESSIONS,
        random -> {
          LinkType linkType = LINK_TYPES.get(random.nextInt(LINK_TYPES.size()));
          String expression = new ExpressionGenerator(random, linkType).next();
          compare(expression, linkType, random, false);
        });
    System.out.println("random filters in eBPF sockets: " + verdicts + ", matches: " + matches);
    assertThat(matches).hasPositiveValue();
  }

  @Test
  @Randomized(share = 4)
  void lookUpSetsAsInUserSpace() {
    Property.forAll(
        SETS,
        random -> {
          LinkType linkType = LINK_TYPES.get(random.nextInt(LINK_TYPES.size()));
          Path set = Files.write(directory.resolve("set.txt"), lines(random));
          String expression = FORMS[random.nextInt(FORMS.length)].replace("%s", set.toString());
          compare(expression, linkType, random, linkType.equals(LinkType.ETHERNET));
        });
    System.out.println("filters with sets in eBPF sockets: " + verdicts + ", matches: " + matches);
    System.out.println("filters with sets in XDP: " + inXdp.counts());
    assertThat(matches).hasPositiveValue();
    assertThat(inXdp.count(Count.MATCHES)).isPositive();
  }

  /// Addresses that `or` joins, with packets cut anywhere: looked up, and compared one by one.
  @Test
  @Randomized(share = 4)
  void lookUpLongRowsAsTheyCompareThem() {
    Property.forAll(
        ROWS,
        random -> {
          LinkType linkType = LinkType.ETHERNET;
          String expression = row(random);
          FilterOptions options = options(linkType);
          BpfProgram compared = FilterCompiler.compile(expression, options);
          BpfProgram lookedUp = FilterCompiler.compile(expression, options.withRowsLookedUp(true));
          assertThat(compared.looksUp()).isFalse();
          assertThat(lookedUp.looksUp()).isTrue();
          assertThat(lookedUp.instructions().size())
              .isLessThanOrEqualTo(compared.instructions().size());
          List<TestPacket> packets =
              new PacketGenerator(random).packets(linkType, 4 * PACKETS_FOR_EACH);
          for (TestPacket packet : packets) {
            int length = packet.caplen();
            int right =
                new BpfInterpreter(compared).run(packet.bytes(), 0, length, length, NOTHING_BESIDE);
            int found =
                new BpfInterpreter(lookedUp).run(packet.bytes(), 0, length, length, NOTHING_BESIDE);
            matches.addAndGet(right == 0 ? 0 : 1);
            if (found != right) {
              fail(
                  "%s%n%s%ncompared: %d, looked up: %d%n%s%n%s",
                  expression, packet, right, found, compared, lookedUp);
            }
          }
          String found = onSocket(lookedUp, packets.subList(0, PACKETS_FOR_EACH));
          if (found != null) {
            fail("%s%n%s", expression, found);
          }
        });
    assertThat(matches).hasPositiveValue();
  }

  /// A row of addresses among other words.
  private static String row(SplittableRandom random) {
    String[] before = {"", "ip and ", "tcp or ", "not ", "vlan and ", "udp port 53 or "};
    String[] after = {"", " and tcp", " or arp", " and not port 80"};
    String[] directions = {"host ", "src host ", "dst host ", "ip host ", "net "};
    String direction = directions[random.nextInt(directions.length)];
    boolean isOfIpv4Only = !direction.matches("(src|dst) .*") || random.nextBoolean();
    List<String> addresses = new ArrayList<>();
    for (int i = random.nextInt(64, 90); i > 0; i--) {
      boolean isIpv6 = !isOfIpv4Only && random.nextInt(3) == 0;
      String known = (isIpv6 ? Vocabulary.IPV6_ADDRESS : Vocabulary.IPV4_ADDRESS).pick(random);
      String other = isIpv6 ? "2001:db8::" + i : "10.0.%d.%d".formatted(random.nextInt(4), i);
      addresses.add(random.nextInt(8) == 0 ? known : other);
    }
    String joined = String.join(" or " + direction, addresses);
    return before[random.nextInt(before.length)]
        + "("
        + direction
        + joined
        + ")"
        + after[random.nextInt(after.length)];
  }

  /// Networks around the addresses of the packets, and many others.
  private static List<String> lines(SplittableRandom random) {
    List<String> lines = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      boolean isIpv6 = random.nextBoolean();
      String address = (isIpv6 ? Vocabulary.IPV6_ADDRESS : Vocabulary.IPV4_ADDRESS).pick(random);
      lines.add(prefix(address, random));
    }
    int others = random.nextInt(3) == 0 ? 0 : 1 << random.nextInt(10);
    for (int i = 0; i < others; i++) {
      lines.add(
          random.nextInt(4) == 0
              ? "2001:db8:%x:%x::/64".formatted(random.nextInt(4), random.nextInt(1 << 16))
              : "%d.%d.%d.0/24"
                  .formatted(random.nextInt(9, 12), random.nextInt(256), random.nextInt(256)));
    }
    if (lines.isEmpty()) {
      lines.add("10.0.0.1");
    }
    return lines;
  }

  private static String prefix(String address, SplittableRandom random) {
    IpAddress whole = IpAddress.parse(address);
    int most = whole.isIpv6() ? 128 : 32;
    int length = random.nextBoolean() ? most : random.nextInt(most + 1);
    int lowBits = Math.min(most - length, 64);
    long low = lowBits == 64 ? 0 : whole.low() & -1L << lowBits;
    int highBits = Math.max(0, most - length - 64);
    long high = highBits == 64 ? 0 : whole.high() & -1L << highBits;
    return new IpAddress(whole.isIpv6(), high, low) + "/" + length;
  }

  private void compare(
      String expression, LinkType linkType, SplittableRandom random, boolean alsoInXdp)
      throws IOException {
    BpfProgram classic;
    try {
      classic = FilterCompiler.compile(expression, options(linkType));
    } catch (FilterException _) {
      return;
    }
    List<TestPacket> packets = new PacketGenerator(random).packets(linkType, PACKETS_FOR_EACH);
    String found = classic.loops() ? null : onSocket(classic, packets);
    if (found == null && alsoInXdp) {
      found = inXdp.compare(expression, linkType, random.nextInt(4) > 0, packets);
    }
    if (found != null) {
      fail("%s%n%s", expression, found);
    }
  }

  private static FilterOptions options(LinkType linkType) {
    return FilterOptions.of(linkType).withView(PacketView.SAVEFILE).withNetmask(0);
  }

  private @Nullable String onSocket(BpfProgram classic, List<TestPacket> packets) {
    EbpfProgram program = EbpfSocketFilter.of(classic);
    BpfInterpreter interpreter = new BpfInterpreter(classic);
    try (LoadedProgram loaded = LoadedProgram.load(program, ProgramType.SOCKET_FILTER, "judged")) {
      kernel.attach(loaded);
      for (TestPacket packet : packets) {
        int length = packet.caplen();
        if (length == 0) {
          continue;
        }
        boolean right = interpreter.run(packet.bytes(), 0, length, length, NOTHING_BESIDE) != 0;
        boolean verdict = kernel.passes(packet.bytes());
        verdicts.incrementAndGet();
        matches.addAndGet(right ? 1 : 0);
        if (verdict != right) {
          return "interpreter: %s, socket: %s on %s%n%s%n%s"
              .formatted(right, verdict, packet, classic, program.toListing());
        }
      }
      return null;
    } catch (LinuxException e) {
      return "%s%n%s%n%s".formatted(e.getMessage(), classic, program.toListing());
    }
  }
}
