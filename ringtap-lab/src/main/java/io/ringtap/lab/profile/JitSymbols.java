package io.ringtap.lab.profile;

import io.ringtap.lab.profile.SymbolTable.Symbol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Code that a process has made for itself, from the file that it writes for `perf`
/// (`/tmp/perf-PID.map`): address and size in hexadecimal and a name on each line. Of a JVM these
/// are compiled methods, the interpreter and stubs.
final class JitSymbols {
  /// Flags with which a JVM leaves such a file at its end, and with which compiled methods keep the
  /// frame pointer that call chains need.
  static final String JVM_FLAGS =
      "-XX:+UnlockDiagnosticVMOptions -XX:+DumpPerfMapAtExit -XX:+PreserveFramePointer";

  private static final int FIELDS = 3;

  private JitSymbols() {}

  /// Where a process leaves its file.
  static Path file(long pid) {
    return Path.of("/tmp/perf-" + pid + ".map");
  }

  static List<Symbol> read(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return parse(lines);
    }
  }

  /// Lines that are not of this form are skipped: a process may have been killed while it wrote.
  static List<Symbol> parse(Stream<String> lines) {
    List<Symbol> symbols = new ArrayList<>();
    lines.forEach(line -> {
      String[] fields = line.split(" ", FIELDS);
      if (fields.length == FIELDS) {
        try {
          symbols.add(new Symbol(hex(fields[0]), hex(fields[1]), shortened(fields[2])));
        } catch (NumberFormatException _) {
          // Not a line of a map.
        }
      }
    });
    return symbols;
  }

  private static long hex(String text) {
    return Long.parseUnsignedLong(text, text.startsWith("0x") ? 2 : 0, text.length(), 16);
  }

  /// `a.b.C.m` of `void a.b.C.m(int)`.
  private static String shortened(String name) {
    int arguments = name.indexOf('(');
    String front = arguments < 0 ? name : name.substring(0, arguments);
    return arguments < 0 ? front : front.substring(front.lastIndexOf(' ') + 1);
  }
}
