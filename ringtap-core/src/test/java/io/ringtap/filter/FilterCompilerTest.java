package io.ringtap.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringtap.bpf.Ancillary;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.bpf.Verdict;
import io.ringtap.packet.LinkType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterCompilerTest {
  private static final FilterOptions ETHERNET = FilterOptions.of(LinkType.ETHERNET);
  private static final Ancillary NOTHING_BESIDE = new Ancillary(0, 0, 0);

  private static FilterException refusal(String expression, FilterOptions options) {
    return catchThrowableOfType(
        FilterException.class, () -> FilterCompiler.compile(expression, options));
  }

  @Test
  void compilesBlanksToAProgramThatPassesAll() {
    assertThat(FilterCompiler.compile(" \n", ETHERNET.withSnaplen(96)))
        .hasToString("(000) ret      #96");
  }

  @Test
  void explainsWithoutALinkType() {
    assertThat(FilterCompiler.explain("")).isEqualTo("Every packet matches.\n");
    assertThat(FilterCompiler.explain("inbound"))
        .isEqualTo("Packets match of which this is true:\n  this host received it\n");
  }

  @Test
  void tellsThePlaceOfWhatIsWrongAndTheProblemApart() {
    FilterException refusal = refusal("tcp prt 80", ETHERNET);

    assertThat(refusal.position()).isEqualTo(4);
    assertThat(refusal).hasMessage("at 5: " + refusal.problem());
  }

  @Test
  void takesAFilterThatMatchesNothing() {
    BpfProgram program = FilterCompiler.compile("tcp and udp", ETHERNET);

    assertThat(program.matchesNothing()).isTrue();
    assertThat(program).hasToString("(000) ret      #0");
    assertThat(FilterCompiler.compile("tcp", ETHERNET).matchesNothing()).isFalse();
    FilterGraph graph = FilterCompiler.graph("tcp and udp", ETHERNET);
    assertThat(graph.dot()).contains("reject");
    assertThat(graph.program()).isEqualTo(FilterCompiler.compile("tcp and udp", ETHERNET));
  }

  @Test
  void knowsOfOtherLinkTypesOnlyBytesAndLength() {
    FilterOptions foreign = FilterOptions.of(new LinkType(147));

    assertThat(FilterCompiler.compile("link[3] = 5 or less 9", foreign).matchesNothing()).isFalse();
    assertThat(refusal("less 9 or tcp", foreign))
        .hasMessage(
            "at 11: of packets of 147 (link type 147) filters know only the bytes, as in"
                + " \"link[0] = 1\", and the length");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 / ether[0] >> 12 <= 5",
        "(1 / ether[0]) * 0 = 0",
        "(1 / ether[0]) & 0 = 0",
        "1 / ether[0] - 1 / ether[0] = 0",
        "ether[1 / ether[0] >> 1] >= 0"
      })
  void dropsAPacketThatDividesByZeroThoughTheQuotientSettlesNothing(String expression) {
    BpfProgram program = FilterCompiler.compile(expression, LinkType.ETHERNET, 96);
    byte[] frame = new byte[60];

    assertThat(Verdict.of(program, MemorySegment.ofArray(frame), 60, NOTHING_BESIDE)).isZero();
    frame[0] = 1;
    assertThat(Verdict.of(program, MemorySegment.ofArray(frame), 60, NOTHING_BESIDE)).isEqualTo(96);
  }

  @Test
  void matchesAShortPacketThatIsDecidedBeforeTheLoadAfterItsEnd() {
    String expression = "not (ether[0] > 3 and ether[6] = 1 and ether[0] = ether[100])";
    BpfProgram program = FilterCompiler.compile(expression, LinkType.ETHERNET, 96);
    byte[] frame = new byte[60];
    frame[0] = 4;

    assertThat(Verdict.of(program, MemorySegment.ofArray(frame), 60, NOTHING_BESIDE)).isEqualTo(96);
    frame[6] = 1;
    assertThat(Verdict.of(program, MemorySegment.ofArray(frame), 60, NOTHING_BESIDE)).isZero();
  }

  /// Linux takes what follows a return for code that it runs on into: a return in the midst of a
  /// long program must not stand before a load from scratch memory.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(ifindex 2) and not (geneve 0xb and ip) or ipx",
        "(ip[2:2] > 576) and not (vlan and geneve) or proto 47",
        "not tcp portrange 20-53 or net 2001:db8::/64 and not ip[sctp[(link[25] & 15) << 2] & 31] ="
            + " 1",
        "tcp[19] - (rarp[sctp[20:4] & 0x1f:2] * igrp[(vrrp[11] & 0xf) << 2:4]) >= 0x800"
      })
  void makesLongProgramsThatTheKernelTakes(String expression) {
    for (LinkType linkType : List.of(LinkType.LINUX_SLL, LinkType.LINUX_SLL2)) {
      FilterOptions options =
          FilterOptions.of(linkType).withView(PacketView.SOCKET).withAnyVlan(true);

      assertThat(FilterCompiler.compile(expression, options).instructions())
          .hasSizeGreaterThan(255);
    }
  }

  @Test
  void checksTheTextAlone() {
    FilterCompiler.check("tcp and udp and inbound");

    assertThatThrownBy(() -> FilterCompiler.check("tcp and"))
        .isInstanceOf(FilterException.class)
        .hasMessageStartingWith("at 8: ");
  }
}
