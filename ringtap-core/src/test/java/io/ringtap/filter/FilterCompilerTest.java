package io.ringtap.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringtap.bpf.Ancillary;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.bpf.Verdict;
import io.ringtap.packet.LinkType;
import java.lang.foreign.MemorySegment;
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
    assertThat(refusal.rejectsAll()).isFalse();
  }

  @Test
  void tellsNoPlaceWhereTheWholeIsWrong() {
    FilterException empty = refusal("tcp and udp", ETHERNET);
    FilterException foreign = refusal("tcp", FilterOptions.of(new LinkType(147)));

    assertThat(empty).hasMessage("expression rejects all packets");
    assertThat(empty.rejectsAll()).isTrue();
    assertThat(foreign).hasMessage("there are no filters for packets of 147 (link type 147)");
    assertThat(foreign.rejectsAll()).isFalse();
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
  void checksTheTextAlone() {
    FilterCompiler.check("tcp and udp and inbound");

    assertThatThrownBy(() -> FilterCompiler.check("tcp and"))
        .isInstanceOf(FilterException.class)
        .hasMessageStartingWith("at 8: ");
  }
}
