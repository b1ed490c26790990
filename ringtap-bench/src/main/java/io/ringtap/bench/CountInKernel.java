package io.ringtap.bench;

import static io.ringtap.ebpf.Arithmetic.ADD;
import static io.ringtap.ebpf.Comparison.ABOVE;
import static io.ringtap.ebpf.Comparison.EQUAL;
import static io.ringtap.ebpf.EbpfRegister.R0;
import static io.ringtap.ebpf.EbpfRegister.R1;
import static io.ringtap.ebpf.EbpfRegister.R10;
import static io.ringtap.ebpf.EbpfRegister.R2;
import static io.ringtap.ebpf.EbpfRegister.R3;
import static io.ringtap.ebpf.EbpfRegister.R4;
import static io.ringtap.ebpf.Width.DOUBLE;
import static io.ringtap.ebpf.Width.WORD;

import io.ringtap.ebpf.EbpfAssembler;
import io.ringtap.ebpf.EbpfHelper;
import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.ebpf.XdpAction;
import io.ringtap.ebpf.kernel.EbpfMap;
import io.ringtap.ebpf.kernel.LoadedProgram;
import io.ringtap.ebpf.kernel.MapDefinition;
import io.ringtap.ebpf.kernel.MapType;
import io.ringtap.ebpf.kernel.ProgramType;
import io.ringtap.ebpf.kernel.XdpLink;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import io.ringtap.testnet.load.FrameLoad;
import io.ringtap.testnet.load.RunningLoad;
import io.ringtap.top.Interval;
import io.ringtap.top.KeyKind;
import io.ringtap.top.TopOptions;
import io.ringtap.top.XdpTop;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// How fast [XdpTop] counts, with few sources and with many, beside a map of the kernel that
/// forgets what was not used for long: the load of one CPU arrives at a `veth` interface in native
/// mode. Frames end there, so that counting is all that they cost, or are passed on. Needs root.
///
/// Arguments: the number of frames of each load (5 000 000 by default).
public final class CountInKernel {
  private static final String IN = "in0";
  private static final String MAP = "sources";
  private static final int SOURCE = 14 + Ipv4Header.SOURCE;
  private static final int ENTRY = 2 * Long.BYTES;
  private static final int LRU_ENTRIES = 1 << 16;
  private static final int ROUNDS = 3;

  private final NetworkNamespace namespace;
  private final VethPair cable;
  private final long frames;

  private CountInKernel(NetworkNamespace namespace, VethPair cable, long frames) {
    this.namespace = namespace;
    this.cable = cable;
    this.frames = frames;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    long frames = arguments.length > 0 ? Long.parseLong(arguments[0]) : 5_000_000;
    try (NetworkNamespace namespace = NetworkNamespace.create("count")) {
      namespace.sysctl("net.ipv6.conf.all.disable_ipv6", "1");
      namespace.sysctl("net.ipv6.conf.default.disable_ipv6", "1");
      VethPair cable = VethPair.create(namespace, IN, namespace, "out0");
      CountInKernel measuring = new CountInKernel(namespace, cable, frames);
      for (int sources : new int[] {64, 4096, 1_000_000}) {
        measuring.top(sources, XdpAction.DROP);
        measuring.map(sources, MapType.LRU_PER_CPU_HASH);
        measuring.map(sources, MapType.LRU_HASH);
        measuring.top(sources, XdpAction.PASS);
      }
    }
  }

  private void top(int sources, XdpAction end) throws IOException, InterruptedException {
    TopOptions options = TopOptions.by(KeyKind.SOURCE);
    boolean isDropping = end == XdpAction.DROP;
    try (XdpTop top =
        namespace.call(() ->
            isDropping
                ? XdpTop.openDropping(options, IN, null)
                : XdpTop.open(options, null, List.of(IN), null))) {
      for (int round = 0; round < ROUNDS; round++) {
        String rate = load(sources);
        long begin = System.nanoTime();
        Interval interval = namespace.call(top::nextInterval);
        long millis = (System.nanoTime() - begin) / 1_000_000;
        if (interval.packets() != frames) {
          throw new IllegalStateException(interval.packets() + " of " + frames + " counted");
        }
        IO.println(
            "XdpTop, %s, %d sources: %s; all counted, error at most %d packets, read in %d ms"
                .formatted(
                    isDropping ? "dropping" : "passing", sources, rate, interval.bound(), millis));
      }
    }
  }

  /// Packets and bytes by source in one map, and nothing else.
  private void map(int sources, MapType type) throws IOException, InterruptedException {
    try (EbpfMap map =
            EbpfMap.create(new MapDefinition(MAP, type, Long.BYTES, ENTRY, LRU_ENTRIES));
        LoadedProgram program =
            LoadedProgram.load(mapProgram(), ProgramType.XDP, "lru", Map.of(MAP, map))) {
      int index = cable.a().index();
      try (XdpLink _ = namespace.call(() -> XdpLink.attach(program, index))) {
        for (int round = 0; round < ROUNDS; round++) {
          IO.println("%s, dropping, %d sources: %s".formatted(type, sources, load(sources)));
        }
      }
    }
  }

  private static EbpfProgram mapProgram() {
    EbpfAssembler program = new EbpfAssembler();
    program.load(WORD, R2, R1, 0).load(WORD, R3, R1, 4);
    program.move(R4, R2).apply(ADD, R4, SOURCE + Integer.BYTES).jumpIf(R4, ABOVE, R3, "end");
    program.load(WORD, R1, R2, SOURCE).store(DOUBLE, R10, -8, R1);
    program.map(R1, MAP).move(R2, R10).apply(ADD, R2, -8).call(EbpfHelper.MAP_LOOKUP_ELEM);
    program.jumpIf(R0, EQUAL, 0, "new");
    program.load(DOUBLE, R1, R0, 0).apply(ADD, R1, 1).store(DOUBLE, R0, 0, R1);
    program.load(DOUBLE, R1, R0, 8).apply(ADD, R1, 60).store(DOUBLE, R0, 8, R1).jump("end");
    program.label("new").store(DOUBLE, R10, -24, 1).store(DOUBLE, R10, -16, 60);
    program.map(R1, MAP).move(R2, R10).apply(ADD, R2, -8).move(R3, R10).apply(ADD, R3, -24);
    program.move(R4, 0).call(EbpfHelper.MAP_UPDATE_ELEM);
    return program.label("end").move(R0, XdpAction.DROP.number()).exit().assemble();
  }

  private String load(int sources) throws IOException, InterruptedException {
    FrameLoad load = FrameLoad.on(cable.b()).outgoing().frames(frames).sources(sources).cpus(0);
    try (RunningLoad running = load.start()) {
      running.await();
      return "%.2f M/s, %.0f ns of CPU a frame"
          .formatted(
              running.injected() * 1e3 / running.elapsedNanos(),
              running.cpuNanos() / (double) running.injected());
    }
  }
}
