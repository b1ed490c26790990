package io.ringtap.system.filter;

import io.ringtap.packet.LinkType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// Makes random packets that sit on the edges of what filters look at: layers in lawful and in
/// unlawful orders, cut in the middle and where headers end, and now and then plain noise.
public final class PacketGenerator {
  private static final int MAX_NOISE = 96;

  private final SplittableRandom random;

  public PacketGenerator(SplittableRandom random) {
    this.random = random;
  }

  public List<TestPacket> packets(LinkType linkType, int count) {
    return Stream.generate(() -> next(linkType)).limit(count).toList();
  }

  TestPacket next(LinkType linkType) {
    if (random.nextInt(16) == 0) {
      byte[] noise = new byte[random.nextInt(MAX_NOISE + 1)];
      random.nextBytes(noise);
      return cut(noise, noise.length);
    }
    FrameBuilder frame = new FrameBuilder(random).frame(linkType);
    byte[] bytes = frame.bytes();
    return switch (random.nextInt(8)) {
      case 0 -> cut(bytes, random.nextInt(bytes.length + 1));
      case 1, 2 -> {
        int edge = frame.edges().get(random.nextInt(frame.edges().size()));
        yield cut(bytes, Math.clamp(edge + random.nextInt(-2, 3), 0, bytes.length));
      }
      default -> cut(bytes, bytes.length);
    };
  }

  private static TestPacket cut(byte[] bytes, int caplen) {
    return new TestPacket(MemorySegment.ofArray(Arrays.copyOf(bytes, caplen)), bytes.length);
  }
}
