package io.ringtap.bench.filter;

import static io.ringtap.ebpf.EbpfRegister.R0;
import static io.ringtap.ebpf.EbpfRegister.R1;
import static io.ringtap.ebpf.EbpfRegister.R2;
import static io.ringtap.ebpf.EbpfRegister.R3;
import static io.ringtap.ebpf.EbpfRegister.R4;
import static io.ringtap.ebpf.EbpfRegister.R6;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.bpf.BpfAssembler;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.ebpf.Arithmetic;
import io.ringtap.ebpf.Comparison;
import io.ringtap.ebpf.EbpfAssembler;
import io.ringtap.ebpf.EbpfHelper;
import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.ebpf.Width;
import io.ringtap.ebpf.XdpAction;
import io.ringtap.ebpf.kernel.LoadedProgram;
import io.ringtap.ebpf.kernel.ProgramType;
import io.ringtap.ebpf.kernel.XdpLink;
import io.ringtap.ebpf.kernel.XdpMode;
import io.ringtap.error.LinuxException;
import io.ringtap.filter.EbpfSocketFilter;
import io.ringtap.filter.FilterCompiler;
import io.ringtap.filter.FilterOptions;
import io.ringtap.linux.CallState;
import io.ringtap.linux.FileDescriptor;
import io.ringtap.linux.Libc;
import io.ringtap.packet.LinkType;
import io.ringtap.socket.PacketSocket;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import io.ringtap.testnet.load.FrameLoad;
import io.ringtap.testnet.load.RunningLoad;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/// What filters with sets cost on a packet socket under a real load, whose sources a program in
/// generic XDP replaces by random ones: the kernel's own times of the filter's runs
/// (`BPF_ENABLE_STATS`), with those of a filter that does nothing beside. Needs root and libpcap.
public final class SocketSetCost {
  private static final int BPF_ENABLE_STATS = 32; // linux/bpf.h
  private static final long FRAMES = 1_500_000;
  private static final int ROUNDS = 3;

  private SocketSetCost() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (NetworkNamespace namespace = NetworkNamespace.create("bench")) {
      VethPair cable = VethPair.create(namespace, "in0", namespace, "out0");
      namespace.sysctl("net.ipv6.conf.all.disable_ipv6", "1");
      int index = cable.a().index();
      try (FileDescriptor _ = countTimes();
          LoadedProgram sources = LoadedProgram.load(randomSources(), ProgramType.XDP, "sources");
          XdpLink _ = namespace.call(() -> XdpLink.attach(sources, index, XdpMode.GENERIC))) {
        List<String> names = new ArrayList<>();
        List<EbpfProgram> programs = new ArrayList<>();
        names.add("nothing");
        programs.add(EbpfSocketFilter.of(new BpfAssembler().ret(0).assemble()));
        for (int size : new int[] {10, 1000, 10_000, 100_000}) {
          names.add(size + " addresses in a set");
          programs.add(withSet(size));
        }
        for (int size : new int[] {10, 100, 1000}) {
          names.add(size + " addresses, libpcap's program");
          programs.add(EbpfSocketFilter.of(libpcaps(size)));
        }
        for (int i = 0; i < programs.size(); i++) {
          measure(namespace, cable, names.get(i), programs.get(i));
        }
      }
    }
  }

  private static FileDescriptor countTimes() throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment runTime = arena.allocate(JAVA_INT);
      int result = Libc.bpf(CallState.current(), BPF_ENABLE_STATS, runTime, runTime.byteSize());
      return new FileDescriptor(LinuxException.check(result, "bpf(BPF_ENABLE_STATS)", "times"));
    }
  }

  private static EbpfProgram randomSources() {
    EbpfAssembler out = new EbpfAssembler().move(R6, R1).call(EbpfHelper.GET_PRANDOM_U32);
    out.load(Width.WORD, R2, R6, 0).load(Width.WORD, R3, R6, 4);
    out.move(R4, R2).apply(Arithmetic.ADD, R4, 34).jumpIf(R4, Comparison.ABOVE, R3, "pass");
    out.store(Width.WORD, R2, 26, R0);
    return out.label("pass").move(R0, XdpAction.PASS.number()).exit().assemble();
  }

  private static List<String> addresses(int size) {
    SplittableRandom random = new SplittableRandom(size);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      lines.add(SetCost.address(random.nextInt()));
    }
    return lines;
  }

  private static EbpfProgram withSet(int size) throws IOException {
    Path file = Files.createTempFile("ringtap-set", ".txt");
    try {
      Files.write(file, addresses(size));
      return EbpfSocketFilter.of(
          FilterCompiler.compile("src net in " + file, FilterOptions.of(LinkType.ETHERNET)));
    } finally {
      Files.delete(file);
    }
  }

  private static BpfProgram libpcaps(int size) {
    String expression =
        addresses(size).stream()
            .map(each -> "src host " + each)
            .collect(Collectors.joining(" or "));
    try (Libpcap libpcap = new Libpcap(262_144)) {
      long begin = System.nanoTime();
      BpfProgram program = libpcap.program(expression, LinkType.ETHERNET);
      IO.println(
          "libpcap compiles %d addresses in %.1f ms to %d instructions"
              .formatted(size, (System.nanoTime() - begin) / 1e6, program.instructions().size()));
      return program;
    }
  }

  private static void measure(
      NetworkNamespace namespace, VethPair cable, String name, EbpfProgram program)
      throws IOException, InterruptedException {
    namespace.sysctl("net.core.optmem_max", "1000000");
    try (LoadedProgram loaded = LoadedProgram.load(program, ProgramType.SOCKET_FILTER, "set");
        PacketSocket socket = namespace.call(() -> PacketSocket.open(false, "in0"))) {
      socket.filter(loaded);
      socket.bind(cable.a().index());
      List<String> nanos = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        long time = count(loaded, "run_time_ns:");
        long runs = count(loaded, "run_cnt:");
        try (RunningLoad load =
            FrameLoad.on(cable.a()).frames(FRAMES).cpus(0).sources(1 << 16).start()) {
          load.await();
        }
        runs = count(loaded, "run_cnt:") - runs;
        time = count(loaded, "run_time_ns:") - time;
        nanos.add("%.1f".formatted((double) time / runs));
      }
      IO.println("%-32s %s ns a packet".formatted(name, String.join(", ", nanos)));
    }
  }

  private static long count(LoadedProgram program, String name) throws IOException {
    try (var lines = Files.lines(Path.of("/proc/self/fdinfo/" + program.number()))) {
      return lines
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.substring(name.length()).strip()))
          .findFirst()
          .orElseThrow();
    }
  }
}
