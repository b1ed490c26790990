package io.ringtap.system.filter;

import io.ringtap.bpf.Ancillary;
import io.ringtap.bpf.BpfInterpreter;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.error.LinuxException;
import io.ringtap.packet.LinkType;
import io.ringtap.system.filter.Compilation.Compiled;
import io.ringtap.system.filter.Compilation.Refused;
import io.ringtap.system.filter.Compilation.Unusable;
import io.ringtap.system.filter.Disagreement.Kind;
import io.ringtap.system.filter.Disagreement.Verdict;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Holds the programs of one compiler against those of libpcap and against the kernel.
///
/// Where libpcap's optimized and unoptimized programs differ on a packet, its optimizer has moved
/// or dropped a load that does not fit into a cut packet: either answer is right there. Where they
/// agree, there is one right answer.
final class Agreement {
  private static final Ancillary NOTHING_BESIDE = new Ancillary(0, 0, 0);
  private static final int COMPLETIONS = 32;
  // Farther than chains of IPv6 headers go, also after the longest radiotap header.
  private static final int COMPLETION_BYTES = 75_000;
  private static final int BYTES_WITH_ZEROS = 512; // farther than other loads of filters go
  private static final int KERNEL_SAMPLE = 4; // each fourth packet also goes through the kernel

  /// What was compared.
  enum Count {
    EXPRESSIONS,
    REFUSED_BY_BOTH,
    JUDGED_BY_OURSELVES,
    VERDICTS,
    MATCHES,
    LIBPCAP_DIFFERS_FROM_ITSELF,
    MATCHES_WHATEVER_FOLLOWS,
    KERNEL_PROGRAMS,
    KERNEL_VERDICTS
  }

  private final FilterMaker libpcap;
  private final FilterMaker judged;
  private final KernelSocket kernel;
  private final Map<Count, Long> counts = new TreeMap<>();
  private final Map<KnownDifference, Long> differences = new LinkedHashMap<>();

  Agreement(FilterMaker libpcap, FilterMaker judged, KernelSocket kernel) {
    this.libpcap = libpcap;
    this.judged = judged;
    this.kernel = kernel;
  }

  long count(Count count) {
    return counts.getOrDefault(count, 0L);
  }

  Map<Count, Long> counts() {
    return counts;
  }

  /// How many disagreements were known differences.
  Map<KnownDifference, Long> differences() {
    return differences;
  }

  private void add(Count count) {
    counts.merge(count, 1L, Long::sum);
  }

  /// Compares all that there is to compare of one expression.
  ///
  /// @return the first disagreement that is not a known difference, or null
  @Nullable Disagreement compare(String expression, LinkType linkType, List<TestPacket> packets) {
    add(Count.EXPRESSIONS);
    var inParallel = // libpcap's compiler is a process that has to be started
        CompletableFuture.supplyAsync(() -> libpcap.compile(expression, linkType, false));
    Compilation optimized = libpcap.compile(expression, linkType, true);
    Compilation unoptimized = inParallel.join();
    List<Compilation> ours = new ArrayList<>();
    for (boolean optimize : new boolean[] {true, false}) {
      try {
        ours.add(judged.compile(expression, linkType, optimize));
      } catch (RuntimeException e) {
        return new Disagreement(Kind.CRASH, expression, linkType, trace(e));
      }
    }
    for (Compilation our : ours) {
      Disagreement refusal = refusal(expression, linkType, optimized, unoptimized, our);
      if (refusal != null) {
        return isKnown(refusal) ? null : refusal;
      }
    }
    if (ours.getFirst() instanceof Refused) {
      add(Count.REFUSED_BY_BOTH);
      return null;
    }
    if (!(ours.getFirst() instanceof Compiled(BpfProgram ourShortened, _))
        || !(ours.getLast() instanceof Compiled(BpfProgram ourPlain, _))) {
      return new Disagreement(Kind.CRASH, expression, linkType, ours.toString());
    }
    List<BpfProgram> judges = new ArrayList<>();
    for (Compilation their : List.of(unoptimized, optimized)) {
      if (their instanceof Compiled(BpfProgram program, _)) {
        judges.add(program);
      } else if (their instanceof Unusable(String reason)) {
        Disagreement found = new Disagreement(Kind.NO_JUDGE, expression, linkType, reason);
        if (!isKnown(found)) {
          return found;
        }
      }
    }
    if (optimized instanceof Unusable || unoptimized instanceof Unusable) {
      add(Count.JUDGED_BY_OURSELVES);
      judges = List.of(ourPlain);
    }
    for (TestPacket packet : packets) {
      Disagreement found =
          verdict(expression, linkType, packet, judges, List.of(ourShortened, ourPlain));
      if (found != null && !isKnown(found)) {
        return found;
      }
    }
    for (BpfProgram program : List.of(ourShortened, ourPlain)) {
      if (program.loops()) {
        continue; // not for the kernel
      }
      Disagreement found = inKernel(expression, linkType, packets, program);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private boolean isKnown(Disagreement disagreement) {
    for (KnownDifference difference : KnownDifference.all()) {
      if (difference.explains(disagreement)) {
        differences.merge(difference, 1L, Long::sum);
        return true;
      }
    }
    return false;
  }

  /// Where libpcap refuses with its optimizer alone, it has found out that there is a division by
  /// zero; that may be said or left to be found on the packet, which then does not match.
  private static @Nullable Disagreement refusal(
      String expression,
      LinkType linkType,
      Compilation optimized,
      Compilation unoptimized,
      Compilation ours) {
    if (ours instanceof Refused(String why) && !(optimized instanceof Refused)) {
      boolean isEmpty = optimized instanceof Compiled compiled && compiled.rejectsAll();
      return isEmpty ? null : new Disagreement(Kind.REFUSED, expression, linkType, why);
    }
    if (unoptimized instanceof Refused(String why) && !(ours instanceof Refused)) {
      return new Disagreement(Kind.ACCEPTED, expression, linkType, "libpcap: " + why);
    }
    return null;
  }

  /// @param judges libpcap's program without its optimizer and with it
  private @Nullable Disagreement verdict(
      String expression,
      LinkType linkType,
      TestPacket packet,
      List<BpfProgram> judges,
      List<BpfProgram> ours) {
    add(Count.VERDICTS);
    int right = run(judges.getFirst(), packet);
    int alsoRight = run(judges.getLast(), packet);
    if (right != 0) {
      add(Count.MATCHES);
    }
    if (right != alsoRight) {
      add(Count.LIBPCAP_DIFFERS_FROM_ITSELF);
    }
    for (BpfProgram program : ours) {
      int verdict = run(program, packet);
      if (verdict == right || verdict == alsoRight) {
        continue;
      }
      if (isRight(verdict, packet, judges)) {
        add(Count.MATCHES_WHATEVER_FOLLOWS);
        continue;
      }
      String detail =
          "libpcap: %d, ours: %d%nlibpcap, optimized:%n%s%nlibpcap, not optimized:%n%s%nours:%n%s"
              .formatted(right, verdict, judges.getLast(), judges.getFirst(), program);
      return new Disagreement(
          Kind.VERDICT, expression, linkType, new Verdict(packet, verdict, judges), detail);
    }
    return null;
  }

  /// Whether a verdict is that of one of the judges, or passes a packet that was cut short and
  /// would match whatever had followed.
  static boolean isRight(int verdict, TestPacket packet, List<BpfProgram> judges) {
    return judges.stream().anyMatch(judge -> run(judge, packet) == verdict)
        || (verdict != 0 && matchesWhateverFollows(judges.getFirst(), packet));
  }

  /// Tries some of the packets that begin with `packet`. Many of the bytes that follow are 0, and
  /// in the first packet all, for a division by zero drops a packet. Farther on none is: a chain of
  /// IPv6 headers that were all 0 would never end.
  private static boolean matchesWhateverFollows(BpfProgram program, TestPacket packet) {
    SplittableRandom random = new SplittableRandom(packet.origlen());
    for (int i = 0; i < COMPLETIONS; i++) {
      byte[] bytes = new byte[packet.caplen() + COMPLETION_BYTES];
      int zeros = 8 - i % 8; // of eight bytes
      for (int j = packet.caplen(); j < bytes.length; j++) {
        boolean isZero = j < packet.caplen() + BYTES_WITH_ZEROS && random.nextInt(8) < zeros;
        bytes[j] = (byte) (isZero ? 0 : random.nextInt(1, 256));
      }
      MemorySegment whole = MemorySegment.ofArray(bytes);
      MemorySegment.copy(packet.bytes(), 0, whole, 0, packet.caplen());
      if (run(program, new TestPacket(whole, packet.origlen())) == 0) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Disagreement inKernel(
      String expression, LinkType linkType, List<TestPacket> packets, BpfProgram program) {
    try {
      kernel.attach(program);
    } catch (LinuxException e) {
      String detail = "%s%n%s".formatted(e.getMessage(), program);
      return new Disagreement(Kind.KERNEL_REFUSES, expression, linkType, detail);
    }
    add(Count.KERNEL_PROGRAMS);
    for (int i = 0; i < packets.size(); i += KERNEL_SAMPLE) {
      TestPacket packet = new TestPacket(packets.get(i).bytes(), packets.get(i).caplen());
      if (packet.caplen() == 0) {
        continue;
      }
      add(Count.KERNEL_VERDICTS);
      int verdict = run(program, packet);
      boolean passes;
      try {
        passes = kernel.passes(packet.bytes());
      } catch (LinuxException e) {
        throw new IllegalStateException(e);
      }
      if (passes != (verdict != 0)) {
        String detail =
            "interpreter: %d, the kernel lets it through: %s%n%s"
                .formatted(verdict, passes, program);
        Verdict given = new Verdict(packet, verdict, List.of());
        return new Disagreement(Kind.KERNEL_VERDICT, expression, linkType, given, detail);
      }
    }
    return null;
  }

  private static int run(BpfProgram program, TestPacket packet) {
    int caplen = (int) packet.bytes().byteSize();
    return new BpfInterpreter(program)
        .run(packet.bytes(), 0, caplen, packet.origlen(), NOTHING_BESIDE);
  }

  private static String trace(RuntimeException e) {
    StringBuilder text = new StringBuilder(e.toString());
    for (int i = 0; i < Math.min(4, e.getStackTrace().length); i++) {
      text.append("\n  at ").append(e.getStackTrace()[i]);
    }
    return text.toString();
  }
}
