package io.ringtap.lab.profile;

import io.ringtap.lab.profile.CodeFrame.Kind;
import io.ringtap.lab.profile.SymbolTable.Symbol;
import io.ringtap.linux.abi.perf.PerfEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes functions of the addresses of call chains. What files name is kept from one profile to the
/// next. Not thread-safe.
final class Symbolizer {
  private static final String UNKNOWN_KERNEL = "[kernel code without a name]";
  private static final String UNKNOWN = "[unknown]";
  private static final String VDSO = "[vdso]";
  private static final String JVM_LIBRARY = "libjvm.so";

  private final Map<String, ElfSymbols> files = new HashMap<>();

  /// The symbols that hold for one recording.
  ///
  /// @param kernel from `/proc/kallsyms`
  /// @param comers functions of the kernel that came while it was recorded, which may have gone
  /// @param spaces where processes have code
  /// @param jits what processes say of the code that they made themselves
  record Symbols(
      SymbolTable kernel,
      SymbolTable comers,
      Map<Integer, AddressSpace> spaces,
      Map<Integer, SymbolTable> jits) {}

  /// The functions of a call chain, from the one that ran outwards. A caller of which nothing at
  /// all is known ends the chain: code without frame pointers leaves any number there.
  ///
  /// @param chain as [io.ringtap.linux.abi.perf.PerfRecord#callChain] has it
  List<CodeFrame> functions(Symbols symbols, int pid, long... chain) {
    List<CodeFrame> functions = new ArrayList<>();
    boolean isKernel = false;
    boolean isExact = true; // where execution was, not where it is to return to
    for (long entry : chain) {
      if (Long.compareUnsigned(entry, PerfEvent.PERF_CONTEXT_MAX) >= 0) {
        isKernel = entry == PerfEvent.PERF_CONTEXT_KERNEL;
        isExact = true;
        continue;
      }
      // A call may be the last instruction of a function, and return after it.
      long address = isExact ? entry : entry - 1;
      if (isKernel) {
        functions.add(ofKernel(symbols, address));
      } else {
        Optional<CodeFrame> function = ofProcess(symbols, pid, address);
        if (function.isEmpty() && !isExact) {
          return functions;
        }
        functions.add(function.orElse(new CodeFrame(UNKNOWN, Kind.NATIVE)));
      }
      isExact = false;
    }
    return functions;
  }

  private static CodeFrame ofKernel(Symbols symbols, long address) {
    String name =
        symbols
            .comers
            .nameAt(address)
            .or(() -> symbols.kernel.nameAt(address))
            .orElse(UNKNOWN_KERNEL);
    return new CodeFrame(name, Kind.KERNEL);
  }

  private Optional<CodeFrame> ofProcess(Symbols symbols, int pid, long address) {
    Optional<CodeFrame> made =
        Optional.ofNullable(symbols.jits.get(pid))
            .flatMap(table -> table.nameAt(address))
            .map(Symbolizer::ofJit);
    return made.or(() ->
        Optional.ofNullable(symbols.spaces.get(pid))
            .flatMap(space -> space.regionAt(address))
            .map(region -> ofRegion(region, address)));
  }

  /// Methods are named with their class; everything else that a JVM makes is not.
  private static CodeFrame ofJit(String name) {
    boolean isMethod = name.indexOf('.') > 0 && name.indexOf(' ') < 0;
    return new CodeFrame(name, isMethod ? Kind.COMPILED : Kind.GENERATED);
  }

  private CodeFrame ofRegion(AddressSpace.Region region, long address) {
    if (region.name().equals(VDSO)) {
      return new CodeFrame(VDSO, Kind.CLOCK);
    }
    if (!region.isFile()) {
      return new CodeFrame(UNKNOWN, Kind.NATIVE);
    }
    String file = region.name().substring(region.name().lastIndexOf('/') + 1);
    ElfSymbols symbols =
        files.computeIfAbsent(region.name(), name -> ElfSymbols.read(Path.of(name)));
    String function =
        symbols
            .nameAtFileOffset(address - region.address() + region.fileOffset())
            .orElse("[" + file + "]");
    return new CodeFrame(function, file.equals(JVM_LIBRARY) ? Kind.JVM : Kind.NATIVE);
  }

  /// A table of functions of the kernel that came while something was recorded.
  static SymbolTable comers(List<Symbol> symbols) {
    // Of several at one address the last one counts, and the table keeps the first.
    return SymbolTable.of(symbols.reversed());
  }
}
