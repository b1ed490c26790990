package io.ringtap.system.filter;

import static io.ringtap.testing.PacketBytes.ethernet;
import static io.ringtap.testing.PacketBytes.fromHex;
import static io.ringtap.testing.PacketBytes.ipv4;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.ringtap.bpf.BpfInstruction;
import io.ringtap.bpf.BpfInterpreter;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.system.filter.Agreement.Count;
import io.ringtap.system.filter.Compilation.Compiled;
import io.ringtap.system.filter.Disagreement.Kind;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import io.ringtap.testing.Requirement;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Our programs beside those of tcpdump, and in the kernel.
class FilterAgreementTest {
  private static final int EXPRESSIONS = 500;
  private static final int PACKETS_FOR_EACH = 48;
  private static final List<LinkType> LINK_TYPES =
      List.of(
          LinkType.ETHERNET,
          LinkType.ETHERNET,
          LinkType.ETHERNET,
          LinkType.RAW,
          LinkType.IPV4,
          LinkType.IPV6,
          LinkType.LINUX_SLL,
          LinkType.LINUX_SLL2,
          LinkType.NULL,
          LinkType.LOOP,
          LinkType.PPP,
          LinkType.PPP_SERIAL,
          LinkType.PPP_ETHER,
          LinkType.C_HDLC,
          LinkType.IEEE802_11,
          LinkType.IEEE802_11,
          LinkType.IEEE802_11_RADIO,
          LinkType.IEEE802_11_RADIO,
          LinkType.IEEE802_11_RADIO_AVS,
          LinkType.PRISM_HEADER,
          LinkType.PPI);
  private static final int PACKETS_FOR_EACH_LISTED = 150;

  @TempDir private Path directory;

  private TcpdumpCompiler tcpdump;
  private KernelSocket kernel;

  @BeforeEach
  void open() throws Exception {
    Requirement.tool("tcpdump");
    tcpdump = new TcpdumpCompiler(directory);
    kernel = new KernelSocket();
  }

  @AfterEach
  void close() {
    if (kernel != null) {
      kernel.close();
    }
  }

  @Test
  @Randomized(share = 20)
  void agreesWithTcpdumpAndTheKernelOnRandomExpressions() {
    Agreement agreement = new Agreement(tcpdump, new RingtapCompiler(), kernel);

    Property.forAll(
        EXPRESSIONS,
        random -> {
          LinkType linkType = LINK_TYPES.get(random.nextInt(LINK_TYPES.size()));
          String expression = new ExpressionGenerator(random, linkType).next();
          List<TestPacket> packets =
              new PacketGenerator(random).packets(linkType, PACKETS_FOR_EACH);

          Disagreement found = agreement.compare(expression, linkType, packets);

          if (found != null) {
            fail("%s%n%s", expression, reduced(agreement, found, packets));
          }
        });

    System.out.println("random filters: " + agreement.counts());
    System.out.println("known differences: " + agreement.differences());
    assertThat(agreement.count(Count.KERNEL_VERDICTS)).isPositive();
  }

  /// A shorter expression that disagrees in the same way on the same packets.
  private static Disagreement reduced(
      Agreement agreement, Disagreement found, List<TestPacket> packets) {
    String shortest =
        ExpressionReducer.reduce(
            found.expression(),
            shorter -> found.isLike(agreement.compare(shorter, found.linkType(), packets)));
    Disagreement again = agreement.compare(shortest, found.linkType(), packets);
    return again == null ? found : again;
  }

  @Test
  void agreesWithTcpdumpAndTheKernelOnTheListedExpressions() {
    SplittableRandom random = new SplittableRandom(1);
    Agreement agreement = new Agreement(tcpdump, new RingtapCompiler(), kernel);
    List<Disagreement> disagreements = new ArrayList<>();

    for (FilterList.Line line : FilterList.expressions()) {
      List<TestPacket> packets =
          new PacketGenerator(random).packets(line.linkType(), PACKETS_FOR_EACH_LISTED);
      Disagreement found = agreement.compare(line.expression(), line.linkType(), packets);
      if (found != null) {
        disagreements.add(found);
      }
    }

    System.out.println("listed filters: " + agreement.counts());
    assertThat(disagreements).isEmpty();
    assertThat(agreement.count(Count.REFUSED_BY_BOTH)).isZero();
  }

  /// A range of one port stays two tests in the order of the text.
  @ParameterizedTest
  @ValueSource(
      strings = {"portrange (80 or 443)", "udp portrange 443 or dst portrange 80", "portrange 80"})
  void dropsCutPacketsOfARangeWhereTcpdumpDoes(String expression) {
    BpfProgram theirs = ((Compiled) tcpdump.compile(expression, LinkType.ETHERNET, true)).program();
    for (String ports : List.of("01bb 0009", "0009 01bb", "0050 0009", "0009 0050")) {
      byte[] whole = ethernet(0x0800, ipv4(17, fromHex(ports + "0008 0000")));
      for (boolean isOptimized : new boolean[] {true, false}) {
        BpfProgram ours =
            ((Compiled) new RingtapCompiler().compile(expression, LinkType.ETHERNET, isOptimized))
                .program();
        for (int caplen = 0; caplen <= whole.length; caplen++) {
          Frame cut =
              new MemoryFrame(
                  LinkType.ETHERNET, MemorySegment.ofArray(whole), 0, caplen, whole.length, 0, 0);
          assertThat(new BpfInterpreter(ours).run(cut))
              .as("ports %s, %d bytes, optimized: %b", ports, caplen, isOptimized)
              .isEqualTo(new BpfInterpreter(theirs).run(cut));
        }
      }
    }
  }

  /// Sets are ours: tcpdump gets what they are short for.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          port in {80, 53, 1000-40000}          | port 80 or port 53 or portrange 1000-40000
          not tcp src port in {80, 443} and ip  | not (tcp src port 80 or tcp src port 443) and ip
          src net in {10.0.0.0/8, 192.168.0.0/16, 2001:db8::/32} | src net 10.0.0.0/8 or src net 192.168.0.0/16 or src net 2001:db8::/32
          src and dst port in {80, 53}          | (src port 80 or src port 53) and (dst port 80 or dst port 53)
          """)
  void agreesWithTcpdumpOnSets(String set, String meaning) {
    RingtapCompiler ringtap = new RingtapCompiler();
    FilterMaker ofSet = (_, link, optimize) -> ringtap.compile(set, link, optimize);
    Agreement agreement = new Agreement(tcpdump, ofSet, kernel);

    assertThat(agreement.compare(meaning, LinkType.ETHERNET, packets(1000))).isNull();
    assertThat(agreement.count(Count.MATCHES)).isPositive();
  }

  /// A judge that finds nothing wrong with anything would pass all of the above.
  @Test
  void findsEachWayOfBeingWrong() {
    FilterMaker swapsJumps = (text, link, _) -> swapLastJump(tcpdump.compile(text, link, true));
    FilterMaker refuses = (_, _, _) -> new Compilation.Refused("no");
    FilterMaker acceptsAll = (_, link, _) -> tcpdump.compile("ip", link, true);
    FilterMaker crashes =
        (_, _, _) -> {
          throw new IllegalStateException("boom");
        };

    assertThat(kindOf(swapsJumps, "tcp port 80")).isEqualTo(Kind.VERDICT);
    assertThat(kindOf(refuses, "tcp port 80")).isEqualTo(Kind.REFUSED);
    assertThat(kindOf(acceptsAll, "tcp prt 80")).isEqualTo(Kind.ACCEPTED);
    assertThat(kindOf(crashes, "tcp port 80")).isEqualTo(Kind.CRASH);
  }

  @Test
  void listsNoDifferenceThatIsNone() {
    for (KnownDifference difference : KnownDifference.all()) {
      List<TestPacket> packets =
          new PacketGenerator(new SplittableRandom(3)).packets(difference.linkType(), 4000);
      Agreement agreement = new Agreement(tcpdump, new RingtapCompiler(), kernel);

      assertThat(agreement.compare(difference.example(), difference.linkType(), packets))
          .as(difference.name())
          .isNull();
      assertThat(agreement.differences()).as(difference.name()).containsOnlyKeys(difference);
    }
  }

  private Kind kindOf(FilterMaker judged, String expression) {
    Disagreement found =
        new Agreement(tcpdump, judged, kernel).compare(expression, LinkType.ETHERNET, packets(500));
    assertThat(found).as("%s", expression).isNotNull();
    return found.kind();
  }

  private static List<TestPacket> packets(int count) {
    return new PacketGenerator(new SplittableRandom(3)).packets(LinkType.ETHERNET, count);
  }

  private static Compilation swapLastJump(Compilation compilation) {
    if (!(compilation instanceof Compiled(BpfProgram program, _))) {
      return compilation;
    }
    List<BpfInstruction> instructions = new ArrayList<>(program.instructions());
    int last = instructions.size() - 3; // in front of the two returns
    BpfInstruction jump = instructions.get(last);
    instructions.set(last, new BpfInstruction(jump.code(), jump.jf(), jump.jt(), jump.k()));
    return Compiled.of(new BpfProgram(instructions));
  }
}
