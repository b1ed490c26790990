package io.ringtap.bench.filter;

import static io.ringtap.ebpf.EbpfRegister.R0;
import static io.ringtap.ebpf.EbpfRegister.R1;
import static io.ringtap.ebpf.EbpfRegister.R10;
import static io.ringtap.ebpf.EbpfRegister.R2;
import static io.ringtap.ebpf.EbpfRegister.R3;
import static io.ringtap.ebpf.EbpfRegister.R4;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.bpf.TableWords;
import io.ringtap.ebpf.Arithmetic;
import io.ringtap.ebpf.Comparison;
import io.ringtap.ebpf.EbpfAssembler;
import io.ringtap.ebpf.EbpfHelper;
import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.ebpf.Width;
import io.ringtap.ebpf.kernel.EbpfMap;
import io.ringtap.ebpf.kernel.LoadedProgram;
import io.ringtap.ebpf.kernel.MapDefinition;
import io.ringtap.ebpf.kernel.ProgramType;
import io.ringtap.filter.FilterOptions;
import io.ringtap.filter.PacketFilter;
import io.ringtap.filter.PacketView;
import io.ringtap.filter.XdpFilter;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.testing.PacketBytes;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a set of addresses costs: compiling it, and looking the source of a packet up, in XDP
/// (`BPF_PROG_TEST_RUN`) and in user space, with one source and with random ones. Needs root.
///
/// The random sources are made by the program that is measured, which writes them into the packet;
/// what that costs by itself is subtracted.
public final class SetCost {
  private static final int RUNS = 2_000_000;
  private static final int ROUNDS = 5;
  private static final int SOURCE = 26; // in a frame
  private static final int[] SIZES = {10, 1000, 100_000};

  private SetCost() {}

  /// @param line makes a line of the set
  /// @param mask the bits in which sources differ; the others are those of `base`
  private record Kind(String name, Function<SplittableRandom, String> line, int base, int mask) {}

  public static void main(String[] arguments) throws IOException {
    List<Kind> kinds =
        List.of(
            new Kind("hosts anywhere", random -> address(random.nextInt()), 0, -1),
            new Kind("/24 anywhere", random -> address(random.nextInt() & ~0xff) + "/24", 0, -1),
            new Kind(
                "hosts in 10/8",
                random -> address(10 << 24 | (random.nextInt() & 0xff_ffff)),
                10 << 24,
                0xff_ffff),
            new Kind(
                "hosts in 10.1/16 and 10.2/16",
                random ->
                    address(10 << 24 | (1 + random.nextInt(2)) << 16 | (random.nextInt() & 0xffff)),
                10 << 24,
                0x3_ffff));
    for (Kind kind : kinds) {
      for (int size : SIZES) {
        measure(kind, size);
      }
    }
  }

  static String address(int number) {
    return "%d.%d.%d.%d"
        .formatted(number >>> 24, number >>> 16 & 0xff, number >>> 8 & 0xff, number & 0xff);
  }

  private static void measure(Kind kind, int size) throws IOException {
    SplittableRandom random = new SplittableRandom(size);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      lines.add(kind.line.apply(random));
    }
    Path file = Files.createTempFile("ringtap-set", ".txt");
    try {
      Files.write(file, lines);
      measure(kind, size, "src net in " + file);
      IO.println(
          "%-30s %7d prefixes in the kernel's LPM trie: XDP %5.1f ns random"
              .formatted(kind.name, size, trie(kind, lines)));
    } finally {
      Files.delete(file);
    }
  }

  private static void measure(Kind kind, int size, String expression) throws IOException {
    FilterOptions options = FilterOptions.of(LinkType.ETHERNET);
    long compile = Long.MAX_VALUE;
    long load = Long.MAX_VALUE;
    XdpFilter filter = XdpFilter.compile(expression, options);
    for (int i = 0; i < ROUNDS; i++) {
      long begin = System.nanoTime();
      filter = XdpFilter.compile(expression, options);
      long compiled = System.nanoTime();
      LoadedProgram.load(program(filter, kind, true), ProgramType.XDP, "set").close();
      load = Math.min(load, System.nanoTime() - compiled);
      compile = Math.min(compile, compiled - begin);
    }
    BpfProgram classic = filter.classic();
    TableWords words = Objects.requireNonNull(TableWords.of(classic.table()));
    double random = nanos(program(filter, kind, true)) - nanos(program(null, kind, true));
    double one = nanos(program(filter, kind, false)) - nanos(program(null, kind, false));
    IO.println(
        "%-30s %7d prefixes: compiled in %6.1f ms, loaded in %6.1f ms, %,10d bytes; XDP %5.1f ns random, %5.1f ns one source; user space %5.1f ns random"
            .formatted(
                kind.name,
                size,
                compile / 1e6,
                load / 1e6,
                words.bytes(),
                random,
                one,
                here(expression, kind)));
  }

  /// The same with a map of the kernel's type for prefixes.
  private static double trie(Kind kind, List<String> lines) throws IOException {
    try (EbpfMap trie = EbpfMap.create(MapDefinition.prefixes("trie", 4, 4, lines.size()));
        Arena arena = Arena.ofConfined()) {
      MemorySegment keys = arena.allocate(8L * lines.size(), 4);
      for (int i = 0; i < lines.size(); i++) {
        String[] parts = lines.get(i).split("/", -1);
        keys.set(ValueLayout.JAVA_INT, 8L * i, parts.length > 1 ? Integer.parseInt(parts[1]) : 32);
        byte[] address = InetAddress.ofLiteral(parts[0]).getAddress();
        MemorySegment.copy(address, 0, keys, ValueLayout.JAVA_BYTE, 8L * i + 4, 4);
      }
      trie.updateAll(keys, arena.allocate(4L * lines.size()), lines.size());
      EbpfAssembler out = new EbpfAssembler();
      beginning(out, kind, true);
      out.load(Width.WORD, R0, R2, SOURCE).store(Width.WORD, R10, -4, R0);
      out.store(Width.WORD, R10, -8, 32).map(R1, "trie").move(R2, R10);
      out.apply(Arithmetic.ADD, R2, -8).call(EbpfHelper.MAP_LOOKUP_ELEM);
      out.jumpIf(R0, Comparison.EQUAL, 0, "miss").move(R0, 2).exit();
      EbpfProgram program = out.label("miss").move(R0, 1).exit().assemble();
      try (LoadedProgram loaded =
          LoadedProgram.load(program, ProgramType.XDP, "trie", Map.of("trie", trie))) {
        return best(loaded) - nanos(program(null, kind, true));
      }
    }
  }

  private static byte[] frame() {
    return PacketBytes.start()
        .hex("020000000001 020000000002 0800 4500 002e 0000 0000 4011 0000 0a010203 0a000001")
        .zeros(26)
        .toBytes();
  }

  /// @param filter what is measured; null to measure all else
  private static EbpfProgram program(@Nullable XdpFilter filter, Kind kind, boolean isRandom) {
    EbpfAssembler out = new EbpfAssembler();
    beginning(out, kind, isRandom);
    if (filter != null) {
      filter.append(out, "miss");
      out.move(R0, 2).exit();
    }
    return out.label("miss").move(R0, 1).exit().assemble();
  }

  private static void beginning(EbpfAssembler out, Kind kind, boolean isRandom) {
    out.load(Width.WORD, R2, R1, 0).load(Width.WORD, R3, R1, 4);
    out.move(R4, R2).apply(Arithmetic.ADD, R4, 60).jumpIf(R4, Comparison.ABOVE, R3, "miss");
    if (isRandom) { // a row of numbers that repeats only after all of them
      out.load(Width.WORD, R0, R2, 42);
      out.apply32(Arithmetic.MULTIPLY, R0, 1_664_525).apply32(Arithmetic.ADD, R0, 1_013_904_223);
      out.store(Width.WORD, R2, 42, R0);
      out.move(R4, R0).apply32(Arithmetic.SHIFT_RIGHT, R4, 15).apply32(Arithmetic.XOR, R0, R4);
      out.apply32(Arithmetic.AND, R0, kind.mask).apply32(Arithmetic.OR, R0, kind.base);
      out.toNetworkOrder(R0, 32).store(Width.WORD, R2, SOURCE, R0);
    }
  }

  private static double nanos(EbpfProgram program) throws IOException {
    try (LoadedProgram loaded = LoadedProgram.load(program, ProgramType.XDP, "set")) {
      return best(loaded);
    }
  }

  private static double best(LoadedProgram loaded) throws IOException {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      best = Math.min(best, loaded.testRun(frame(), RUNS).nanos());
    }
    return best;
  }

  private static double here(String expression, Kind kind) {
    PacketFilter filter =
        PacketFilter.of(
            expression, FilterOptions.of(LinkType.ETHERNET).withView(PacketView.SAVEFILE));
    byte[] bytes = frame();
    Frame frame = Frame.of(LinkType.ETHERNET, bytes);
    int state = 1;
    double best = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long matches = 0;
      long begin = System.nanoTime();
      for (int i = 0; i < RUNS; i++) {
        state = state * 1_664_525 + 1_013_904_223;
        int source = ((state ^ (state >>> 15)) & kind.mask) | kind.base;
        bytes[SOURCE] = (byte) (source >>> 24);
        bytes[SOURCE + 1] = (byte) (source >>> 16);
        bytes[SOURCE + 2] = (byte) (source >>> 8);
        bytes[SOURCE + 3] = (byte) source;
        matches += filter.matches(frame) ? 1 : 0;
      }
      best = Math.min(best, (double) (System.nanoTime() - begin) / RUNS);
      if (matches < 0) { // never, but the JIT compiler must not leave the look-ups out
        throw new IllegalStateException();
      }
    }
    return best;
  }
}
