package io.ringtap.system.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.bpf.Ancillary;
import io.ringtap.bpf.BpfInterpreter;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.bpf.CookedProgram;
import io.ringtap.filter.FilterCompiler;
import io.ringtap.filter.FilterException;
import io.ringtap.filter.FilterOptions;
import io.ringtap.filter.PacketView;
import io.ringtap.packet.LinkType;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A filter for packet sockets decides on what a socket shows of a packet as the one for savefiles
/// decides on the packet.
class SocketViewTest {
  private static final int EXPRESSIONS = 8_000;
  private static final Ancillary NOTHING_BESIDE = new Ancillary(0, 0, 0);
  private static final List<LinkType> LINK_TYPES =
      List.of(LinkType.ETHERNET, LinkType.LINUX_SLL, LinkType.LINUX_SLL2);
  private static final int PACKETS = 60;
  private static final int MORE_THAN_LOADED = 400;

  @Test
  @Randomized(share = 5)
  void decidesOnWhatASocketShowsAsOnTheWholePacket() {
    AtomicInteger compared = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    AtomicInteger matches = new AtomicInteger();

    Property.forAll(
        EXPRESSIONS,
        random -> {
          LinkType linkType = LINK_TYPES.get(random.nextInt(LINK_TYPES.size()));
          String expression = new ExpressionGenerator(random, linkType).next();
          BpfProgram whole = compile(expression, linkType, PacketView.SAVEFILE);
          BpfProgram shown = compile(expression, linkType, PacketView.SOCKET);
          if (whole != null && shown != null) {
            matches.addAndGet(compare(expression, linkType, whole, shown, random));
            compared.incrementAndGet();
          } else if (whole != null && !whole.loops()) {
            refused.incrementAndGet();
          }
        });

    System.out.printf(
        "filters in both views: %s, not for the kernel: %s, packets matched: %s%n",
        compared, refused, matches);
    assertThat(matches).hasPositiveValue();
    // A few are about bytes of the cooked header itself.
    assertThat(refused).hasValueLessThan(Math.max(10, compared.get() / 25));
  }

  private static int compare(
      String expression,
      LinkType linkType,
      BpfProgram whole,
      BpfProgram shown,
      SplittableRandom random) {
    int matches = 0;
    for (TestPacket packet : new PacketGenerator(random).packets(linkType, PACKETS)) {
      MemorySegment padded = pad(packet, random);
      ShownPacket seen = ShownPacket.of(linkType, padded);
      if (!packet.isWhole() || seen == null) {
        continue;
      }
      boolean inFile = accepts(whole, padded, NOTHING_BESIDE);
      boolean onSocket = accepts(shown, seen.bytes(), seen.ancillary());
      assertThat(onSocket)
          .as(
              "%s %s on %s%nsavefile:%n%s%nsocket:%n%s",
              linkType.word(),
              expression,
              HexFormat.of().formatHex((byte[]) padded.heapBase().get()),
              whole,
              shown)
          .isEqualTo(inFile);
      matches += inFile ? 1 : 0;
    }
    return matches;
  }

  private static boolean accepts(BpfProgram program, MemorySegment packet, Ancillary ancillary) {
    int length = (int) packet.byteSize();
    return new BpfInterpreter(program).run(packet, 0, length, length, ancillary) != 0;
  }

  /// The packet with so much after it that no load of a filter reaches its end.
  private static MemorySegment pad(TestPacket packet, SplittableRandom random) {
    byte[] bytes = new byte[packet.caplen() + MORE_THAN_LOADED];
    random.nextBytes(bytes);
    MemorySegment padded = MemorySegment.ofArray(bytes);
    MemorySegment.copy(packet.bytes(), 0, padded, 0, packet.caplen());
    return padded;
  }

  /// Null if there is no such filter, or none that the kernel can run.
  private static @Nullable BpfProgram compile(
      String expression, LinkType linkType, PacketView view) {
    BpfProgram program;
    try {
      program =
          FilterCompiler.compile(
              expression, FilterOptions.of(linkType).withNetmask(0).withView(view));
    } catch (FilterException _) {
      return null;
    }
    if (view == PacketView.SAVEFILE || linkType.equals(LinkType.ETHERNET)) {
      return program;
    }
    try {
      return program.loops() ? null : CookedProgram.forKernel(program, linkType);
    } catch (IllegalArgumentException _) {
      return null; // it loads bytes of the cooked header that the kernel does not report
    }
  }
}
