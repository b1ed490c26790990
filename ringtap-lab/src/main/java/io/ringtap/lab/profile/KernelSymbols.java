package io.ringtap.lab.profile;

import io.ringtap.lab.profile.SymbolTable.Symbol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Reads the functions of the running kernel, its modules and its eBPF programs from
/// `/proc/kallsyms`: an address, a letter for the kind, and a name on each line.
final class KernelSymbols {
  private static final Path FILE = Path.of("/proc/kallsyms");
  private static final String CODE = "tTwW";

  /// What the compiler puts before functions for tracers; a name of its own for the same bytes.
  private static final String PADDING = "__pfx_";

  private KernelSymbols() {}

  /// All functions; none if the kernel hides their addresses (`kernel.kptr_restrict`).
  static List<Symbol> read() throws IOException {
    try (Stream<String> lines = Files.lines(FILE)) {
      return parse(lines);
    }
  }

  static List<Symbol> parse(Stream<String> lines) {
    List<Symbol> symbols = new ArrayList<>();
    lines.forEach(line -> {
      int space = line.indexOf(' ');
      int name = space + 3;
      if (space > 0 && name < line.length() && CODE.indexOf(line.charAt(space + 1)) >= 0) {
        long address = Long.parseUnsignedLong(line, 0, space, 16);
        int tab = line.indexOf('\t', name); // the module follows
        String text = line.substring(name, tab < 0 ? line.length() : tab);
        if (address != 0 && !text.startsWith(PADDING)) {
          symbols.add(new Symbol(address, 0, text));
        }
      }
    });
    return symbols;
  }
}
