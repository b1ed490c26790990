package io.ringtap.system.filter;

import static io.ringtap.bpf.BpfOpcode.BPF_B;
import static io.ringtap.bpf.BpfOpcode.BPF_IND;
import static io.ringtap.bpf.BpfOpcode.BPF_K;
import static io.ringtap.bpf.BpfOpcode.BPF_LD;
import static io.ringtap.bpf.BpfOpcode.BPF_RET;
import static io.ringtap.ebpf.EbpfRegister.R0;
import static io.ringtap.ebpf.EbpfRegister.R1;
import static io.ringtap.ebpf.EbpfRegister.R2;
import static io.ringtap.ebpf.EbpfRegister.R3;
import static io.ringtap.ebpf.EbpfRegister.R6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.ringtap.bpf.BpfInstruction;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.ebpf.EbpfAssembler;
import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.ebpf.Width;
import io.ringtap.ebpf.XdpAction;
import io.ringtap.ebpf.kernel.LoadedProgram;
import io.ringtap.ebpf.kernel.ProgramType;
import io.ringtap.filter.FilterCompiler;
import io.ringtap.filter.FilterException;
import io.ringtap.filter.FilterOptions;
import io.ringtap.filter.XdpFilter;
import io.ringtap.packet.LinkType;
import io.ringtap.system.filter.XdpAgreement.Count;
import io.ringtap.testing.PacketBytes;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import io.ringtap.testing.RequiresRoot;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Filters for XDP in the kernel, beside the programs for sockets.
@RequiresRoot
class XdpFilterTest {
  private static final int EXPRESSIONS = 300;
  private static final int PACKETS_FOR_EACH = 32;
  private static final int PACKETS_FOR_EACH_LISTED = 24;

  private static final FilterOptions OPTIONS = FilterOptions.of(LinkType.ETHERNET);

  private final XdpAgreement agreement = new XdpAgreement();

  @Test
  @Randomized(share = 5)
  void agreesWithTheProgramsForSocketsOnRandomExpressions() {
    Property.forAll(
        EXPRESSIONS,
        random -> {
          String expression = new ExpressionGenerator(random, LinkType.ETHERNET).next();
          List<TestPacket> packets =
              new PacketGenerator(random).packets(LinkType.ETHERNET, PACKETS_FOR_EACH);

          String found =
              agreement.compare(expression, LinkType.ETHERNET, random.nextInt(4) > 0, packets);

          if (found != null) {
            fail("%s%n%s", expression, found);
          }
        });

    System.out.println("random filters in XDP: " + agreement.counts());
    assertThat(agreement.count(Count.MATCHES)).isPositive();
  }

  @Test
  void agreesWithTheProgramsForSocketsOnTheListedExpressions() {
    SplittableRandom random = new SplittableRandom(1);
    List<String> disagreements = new ArrayList<>();

    for (FilterList.Line line : FilterList.expressions()) {
      List<TestPacket> packets =
          new PacketGenerator(random).packets(line.linkType(), PACKETS_FOR_EACH_LISTED);
      String found = agreement.compare(line.expression(), line.linkType(), true, packets);
      if (found != null) {
        disagreements.add(line + "\n" + found);
      }
    }

    System.out.println("listed filters in XDP: " + agreement.counts());
    assertThat(disagreements).isEmpty();
  }

  /// The longest chain of headers that a frame of 3500 bytes has room for, and one that ends in
  /// another protocol.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 425})
  void followsChainsOfHeaders(int headers) {
    for (int last : new int[] {6, 17}) {
      TestPacket packet = chain(headers, last);

      assertThat(agreement.compare("ip6 protochain 6", LinkType.ETHERNET, true, List.of(packet)))
          .isNull();
    }
    assertThat(agreement.count(Count.MATCHES)).isEqualTo(1);
  }

  /// An IPv6 packet with headers of destination options, 8 bytes each.
  private static TestPacket chain(int headers, int last) {
    PacketBytes bytes = PacketBytes.start();
    bytes.hex("020000000001 020000000002 86dd");
    bytes.hex("60000000 %04x %02x 40".formatted(headers * 8 + 20, headers == 0 ? last : 60));
    bytes.zeros(32);
    for (int i = 1; i <= headers; i++) {
      bytes.hex("%02x 00 010400000000".formatted(i == headers ? last : 60));
    }
    byte[] packet = bytes.zeros(20).toBytes();
    return new TestPacket(MemorySegment.ofArray(packet), packet.length);
  }

  /// Of several loops, each is followed by the verifier turn by turn.
  @Test
  void takesSeveralLoops() {
    List<TestPacket> packets = List.of(chain(3, 6), chain(5, 17), chain(2, 50));

    assertThat(
            agreement.compare(
                "ip6 protochain 6 or ip6 protochain 17 or ip protochain 51 or ip6 protochain 44",
                LinkType.ETHERNET,
                true,
                packets))
        .isNull();
    assertThat(agreement.count(Count.MATCHES)).isEqualTo(2);
  }

  /// A judge that finds nothing wrong with anything would pass all of the above.
  @Test
  void findsWhatIsWrong() {
    List<TestPacket> packets =
        new PacketGenerator(new SplittableRandom(3)).packets(LinkType.ETHERNET, 200);

    String found =
        agreement.compare(
            XdpFilter.compile("tcp dst port 80", OPTIONS),
            FilterCompiler.compile("tcp src port 80", OPTIONS),
            packets);

    assertThat(found).contains("interpreter: ").contains("XDP: ");
  }

  @Test
  void decidesInALargerProgram() throws Exception {
    EbpfAssembler program = new EbpfAssembler();
    program.move(R6, R1).load(Width.WORD, R2, R1, 0).load(Width.WORD, R3, R1, 4);
    XdpFilter.compile("ip6", OPTIONS).append(program, "other");
    program.move(R0, XdpAction.TX.number()).exit().label("other");
    XdpFilter.compile("vlan 7 and ip6", OPTIONS).append(program, "none");
    program.load(Width.WORD, R0, R6, 4).move(R0, XdpAction.DROP.number()).exit();
    program.label("none").move(R0, XdpAction.PASS.number()).exit();

    try (LoadedProgram loaded = LoadedProgram.load(program.assemble(), ProgramType.XDP, "larger")) {
      assertThat(action(loaded, "86dd")).isEqualTo(XdpAction.TX);
      assertThat(action(loaded, "8100 0007 86dd")).isEqualTo(XdpAction.DROP);
      assertThat(action(loaded, "88a8 e007 86dd")).isEqualTo(XdpAction.DROP);
      assertThat(action(loaded, "8100 0008 86dd")).isEqualTo(XdpAction.PASS);
    }
  }

  private static XdpAction action(LoadedProgram program, String type) throws Exception {
    byte[] frame =
        PacketBytes.start().hex("020000000001 020000000002").hex(type).zeros(60).toBytes();
    int result = program.testRun(frame).result();
    return Arrays.stream(XdpAction.values())
        .filter(each -> each.number() == result)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"'', PASS", "ip and arp, DROP", "len >= 14, PASS", "len > 9000, DROP"})
  void makesProgramsOfFiltersThatDecideNothing(String expression, XdpAction action)
      throws Exception {
    EbpfProgram program =
        XdpFilter.compile(expression, OPTIONS).program(XdpAction.PASS, XdpAction.DROP);

    try (LoadedProgram loaded = LoadedProgram.load(program, ProgramType.XDP, "one_way")) {
      assertThat(action(loaded, "0800")).isEqualTo(action);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "inbound, an XDP program does not get the direction of a packet",
    "ifindex 3, an XDP program does not get the interface of a packet"
  })
  void refusesWhatXdpIsNotTold(String expression, String message) {
    assertThatThrownBy(() -> XdpFilter.compile(expression, OPTIONS))
        .isInstanceOf(FilterException.class)
        .hasMessage(message);
  }

  @Test
  void refusesWhatIsTooLong() {
    List<BpfInstruction> loads =
        new ArrayList<>(
            Collections.nCopies(6000, new BpfInstruction(BPF_LD | BPF_B | BPF_IND, 0, 0, 0)));
    loads.add(new BpfInstruction(BPF_RET | BPF_K, 0, 0, 1));

    assertThatThrownBy(() -> XdpFilter.of(new BpfProgram(loads)))
        .isInstanceOf(FilterException.class)
        .hasMessageStartingWith("the filter is too long for XDP: it takes ");
    BpfProgram asksTheKernel = BpfProgram.parse("ld [cpu]\njeq #0x1 jt 2 jf 3\nret #1\nret #0");
    assertThatThrownBy(() -> XdpFilter.of(asksTheKernel))
        .hasMessage("an XDP program does not get what the kernel calls cpu");
  }
}
