package io.ringtap.system.filter;

import io.ringtap.packet.LinkType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A row of comparisons on random expressions and packets. A seed gives the same row again, as far
/// as the time goes.
final class AgreementRun {
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
          LinkType.LOOP);
  private static final int BATCH = 64;
  private static final int PACKETS = 48;
  private static final int THREADS = 2;

  /// One expression with the packets to try it on.
  private record Trial(long seed, String expression, LinkType linkType) {
    static Trial of(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      LinkType linkType = LINK_TYPES.get(random.nextInt(LINK_TYPES.size()));
      return new Trial(seed, new ExpressionGenerator(random, linkType).next(), linkType);
    }

    List<TestPacket> packets() {
      return new PacketGenerator(new SplittableRandom(~seed)).packets(linkType, PACKETS);
    }
  }

  private final Agreement agreement;
  private final FilterMaker libpcap;

  AgreementRun(Agreement agreement, FilterMaker libpcap) {
    this.agreement = agreement;
    this.libpcap = libpcap;
  }

  /// Compares until the time is over.
  ///
  /// @param seed of the first trial; others follow from it
  /// @param listener takes each disagreement with the seed of its trial
  void run(long seed, long millis, BiConsumer<Long, Disagreement> listener) {
    SplittableRandom seeds = new SplittableRandom(seed);
    long end = System.nanoTime() + millis * 1_000_000;
    long next = seed;
    try (ExecutorService starters = Executors.newFixedThreadPool(THREADS)) {
      do {
        List<Trial> batch = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
          batch.add(Trial.of(next));
          next = seeds.nextLong();
        }
        for (Trial trial : batch) {
          starters.execute(() -> libpcap.compile(trial.expression(), trial.linkType(), true));
          starters.execute(() -> libpcap.compile(trial.expression(), trial.linkType(), false));
        }
        for (Trial trial : batch) {
          Disagreement found = tryOut(trial);
          if (found != null) {
            listener.accept(trial.seed(), found);
          }
        }
      } while (System.nanoTime() < end);
    }
  }

  private @Nullable Disagreement tryOut(Trial trial) {
    return compare(trial, trial.expression());
  }

  /// A short expression that disagrees in the same way on the same packets, beginning with that of
  /// a trial.
  Disagreement reduce(long seed, Disagreement found) {
    Trial trial = Trial.of(seed);
    String shortest =
        ExpressionReducer.reduce(
            trial.expression(), shorter -> isSame(found, compare(trial, shorter)));
    Disagreement reduced = compare(trial, shortest);
    return isSame(found, reduced) ? reduced : found;
  }

  private @Nullable Disagreement compare(Trial trial, String expression) {
    return agreement.compare(expression, trial.linkType(), trial.packets());
  }

  private static boolean isSame(Disagreement found, @Nullable Disagreement other) {
    return other != null
        && other.kind() == found.kind()
        && (other.kind() != Disagreement.Kind.ACCEPTED || other.detail().equals(found.detail()));
  }
}
