package io.ringtap.system.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.bpf.Ancillary;
import io.ringtap.bpf.BpfInterpreter;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.bpf.CookedProgram;
import io.ringtap.filter.FilterCompiler;
import io.ringtap.filter.FilterOptions;
import io.ringtap.filter.PacketView;
import io.ringtap.packet.LinkType;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A filter for packet sockets decides on what a socket shows of a packet as the one for savefiles
/// decides on the packet.
///
/// `-Dfilter.seconds` says for how long random filters are compared (a third of that, 8 seconds if
/// unset), `-Dfilter.seed` where to begin.
class SocketViewTest {
  private static final long MILLIS = Long.getLong("filter.seconds", 24) * 1000 / 3;
  private static final Ancillary NOTHING_BESIDE = new Ancillary(0, 0, 0);
  private static final List<LinkType> LINK_TYPES =
      List.of(LinkType.ETHERNET, LinkType.LINUX_SLL, LinkType.LINUX_SLL2);
  private static final int PACKETS = 60;
  private static final int MORE_THAN_LOADED = 400;

  @Test
  void decidesOnWhatASocketShowsAsOnTheWholePacket() {
    Long given = Long.getLong("filter.seed");
    long seed = given != null ? given : new SplittableRandom().nextLong();
    SplittableRandom seeds = new SplittableRandom(seed);
    long end = System.nanoTime() + MILLIS * 1_000_000;
    int compared = 0;
    int refused = 0;
    int matches = 0;

    do {
      SplittableRandom random = new SplittableRandom(seed);
      LinkType linkType = LINK_TYPES.get(random.nextInt(LINK_TYPES.size()));
      String expression = new ExpressionGenerator(random, linkType).next();
      BpfProgram whole = compile(expression, linkType, PacketView.SAVEFILE);
      BpfProgram shown = compile(expression, linkType, PacketView.SOCKET);
      if (whole != null && shown != null) {
        matches += compare(seed, expression, linkType, whole, shown, random);
        compared++;
      } else if (whole != null && !whole.loops()) {
        refused++;
      }
      seed = seeds.nextLong();
    } while (System.nanoTime() < end);

    System.out.printf(
        "filters in both views: %d, not for the kernel: %d, packets matched: %d%n",
        compared, refused, matches);
    assertThat(matches).isPositive();
    // A few are about octets of the cooked header itself.
    assertThat(refused).isLessThan(Math.max(10, compared / 25));
  }

  private static int compare(
      long seed,
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
      boolean onSocket = accepts(shown, seen.octets(), seen.ancillary());
      assertThat(onSocket)
          .as(
              "again with -Dfilter.seed=%d -Dfilter.seconds=0: %s %s on"
                  + " %s%nsavefile:%n%s%nsocket:%n%s",
              seed,
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

  /// The packet with so much behind it that no load of a filter reaches its end.
  private static MemorySegment pad(TestPacket packet, SplittableRandom random) {
    byte[] octets = new byte[packet.caplen() + MORE_THAN_LOADED];
    random.nextBytes(octets);
    MemorySegment padded = MemorySegment.ofArray(octets);
    MemorySegment.copy(packet.octets(), 0, padded, 0, packet.caplen());
    return padded;
  }

  /// Null if there is no such filter, or none that the kernel can run.
  private static @Nullable BpfProgram compile(
      String expression, LinkType linkType, PacketView view) {
    FilterOptions options = FilterOptions.of(linkType).withNetmask(0).withView(view);
    try {
      BpfProgram program = FilterCompiler.compile(expression, options);
      if (view == PacketView.SAVEFILE || linkType.equals(LinkType.ETHERNET)) {
        return program;
      }
      return program.loops() ? null : CookedProgram.forKernel(program, linkType);
    } catch (IllegalArgumentException e) {
      return null; // no filter, or it loads of the cooked header what the kernel does not tell
    }
  }
}
