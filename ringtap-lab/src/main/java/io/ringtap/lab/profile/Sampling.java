package io.ringtap.lab.profile;

import io.ringtap.lab.profile.SymbolTable.Symbol;
import io.ringtap.lab.report.Profile;
import io.ringtap.lab.report.Profile.Part;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/// Samples all CPUs while one load comes, and makes a profile of them.
final class Sampling implements Watch, AutoCloseable {
  /// Of a thousand samples: what is rarer does not stand by itself.
  private static final int RARE_PERMILLE = 3;

  private static final String RARE = "(each below 0.3 %)";
  private static final List<String> IDLE =
      List.of(
          "default_idle",
          "pv_native_safe_halt",
          "cpuidle_",
          "intel_idle",
          "mwait_idle",
          "acpi_idle",
          "acpi_processor_ffh",
          "native_safe_halt",
          "poll_idle",
          "cpu_idle_poll",
          "default_enter_idle",
          "arch_cpu_idle",
          "cpu_do_idle",
          "do_idle",
          "haltpoll");

  private final CpuSampler sampler;
  private @Nullable Recording recording;
  private List<Symbol> kernel = List.of();
  private List<Symbol> ownCode = List.of();

  private Sampling(CpuSampler sampler) {
    this.sampler = sampler;
  }

  /// @throws IOException if the kernel refuses (a LinuxException)
  static Sampling open() throws IOException {
    return new Sampling(CpuSampler.open());
  }

  /// JVMs leave the names of their compiled methods. The launcher of Ringtap takes no other
  /// program's flags, and so has a variable of its own.
  @Override
  public Map<String, String> environment() {
    return Map.of(
        "JDK_JAVA_OPTIONS", JitSymbols.JVM_FLAGS, "RINGTAP_JAVA_OPTIONS", JitSymbols.JVM_FLAGS);
  }

  @Override
  public void begin() throws IOException {
    sampler.start();
  }

  @Override
  public void end() throws IOException, InterruptedException {
    recording = Recording.of(sampler.stop()); // first, for the peer may end soon
    kernel = KernelSymbols.read();
    ownCode = ownCode();
  }

  /// The compiled methods of this JVM; none if it cannot say.
  private static List<Symbol> ownCode() throws IOException {
    Path file = Files.createTempFile("ringtap-lab-", ".map");
    try {
      Object _ =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "compilerPerfmap",
                  new Object[] {new String[] {file.toString()}},
                  new String[] {String[].class.getName()});
      return JitSymbols.read(file);
    } catch (JMException _) {
      return List.of();
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /// The profile, without system calls; empty if the load has not come.
  Optional<Profile> profile(String peer, String setting, Symbolizer symbolizer) throws IOException {
    return recording == null
        ? Optional.empty()
        : Optional.of(new Summing(recording, symbolizer).profile(peer, setting));
  }

  @Override
  public void close() {
    sampler.close();
  }

  private record Place(Part part, FunctionGroup group) {}

  private record Leaf(Part part, FunctionGroup group, String name) {}

  /// Makes sums of the samples.
  private final class Summing {
    private final Recording recorded;
    private final Symbolizer symbolizer;
    private final Symbolizer.Symbols symbols;
    private final Map<Place, Long> slices = new HashMap<>();
    private final Map<Leaf, Long> functions = new HashMap<>();
    private final CallTree tree = new CallTree();

    Summing(Recording recorded, Symbolizer symbolizer) throws IOException {
      this.recorded = recorded;
      this.symbolizer = symbolizer;
      symbols = recorded.symbols(SymbolTable.of(kernel), SymbolTable.of(ownCode));
      recorded.samples().forEach(this::add);
    }

    private void add(Recording.Sample sample) {
      List<CodeFrame> chain = sample.functions(symbolizer, symbols);
      String thread = recorded.participants().nameOf(sample.pid(), sample.tid());
      boolean isIdle = sample.pid() == 0 && isIdle(chain);
      Part part = isIdle ? Part.IDLE : recorded.participants().partOf(sample.pid(), sample.tid());
      FunctionGroup group = FunctionGroup.of(chain, thread);
      String name = chain.isEmpty() ? "[unknown]" : chain.getFirst().name();
      slices.merge(new Place(part, group), 1L, Long::sum);
      functions.merge(new Leaf(part, group, name), 1L, Long::sum);
      if (part == Part.PEER || part == Part.KERNEL) {
        List<String> path = new ArrayList<>();
        path.add(part.label());
        chain.reversed().forEach(frame -> path.add(frame.name()));
        tree.add(path);
      }
    }

    private static boolean isIdle(List<CodeFrame> chain) {
      return !chain.isEmpty() && IDLE.stream().anyMatch(chain.getFirst().name()::startsWith);
    }

    Profile profile(String peer, String setting) {
      long least = Math.max(1, tree.samples() * RARE_PERMILLE / 1000);
      List<Profile.Slice> slicesInOrder = new ArrayList<>();
      slices.forEach((place, samples) ->
          slicesInOrder.add(new Profile.Slice(place.part, place.group.label(), samples)));
      slicesInOrder.sort(
          Comparator.comparing(Profile.Slice::part)
              .thenComparing(Comparator.comparingLong(Profile.Slice::samples).reversed())
              .thenComparing(Profile.Slice::group));
      return new Profile(
          peer,
          setting,
          CpuSampler.PERIOD_NANOS,
          recorded.lost(),
          slicesInOrder,
          functions(least),
          tree.frames(least),
          List.of());
    }

    private List<Profile.Function> functions(long least) {
      Map<Part, Long> rare = new HashMap<>();
      List<Profile.Function> all = new ArrayList<>();
      functions.forEach((leaf, samples) -> {
        if (samples >= least) {
          all.add(new Profile.Function(leaf.part, leaf.group.label(), leaf.name, samples));
        } else {
          rare.merge(leaf.part, samples, Long::sum);
        }
      });
      all.sort(
          Comparator.comparing(Profile.Function::part)
              .thenComparing(Comparator.comparingLong(Profile.Function::samples).reversed())
              .thenComparing(Profile.Function::name));
      rare.forEach((part, samples) -> all.add(new Profile.Function(part, "", RARE, samples)));
      return all;
    }
  }
}
