package io.ringtap.lab.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.lab.profile.SymbolTable.Symbol;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against those who know: `nm`, `readelf`, `c++filt`, and the kernel's own list.
class SymbolsTest {
  private static final Path JVM =
      Path.of(System.getProperty("java.home"), "lib", "server", "libjvm.so");
  private static final int EVERY = 97;

  @TempDir private Path directory;

  private static List<String> run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (Stream<String> lines = process.inputReader(StandardCharsets.UTF_8).lines()) {
      return lines.toList();
    }
  }

  /// What is to be added to an address of the code to have the offset in the file.
  private static long shift(Path file) throws IOException {
    return run("readelf", "-lW", file.toString()).stream()
        .map(line -> line.strip().split(" +", -1))
        .filter(fields -> fields[0].equals("LOAD") && List.of(fields).contains("E"))
        .mapToLong(fields -> Long.decode(fields[1]) - Long.decode(fields[2]))
        .findFirst()
        .orElseThrow();
  }

  /// The JVM's library has the functions of the dynamic linker only, or all of them.
  @Test
  void namesTheFunctionsOfALibraryAsNmDoes() throws IOException {
    Requirement.tool("nm");
    Requirement.tool("readelf");
    ElfSymbols symbols = ElfSymbols.read(JVM);
    long shift = shift(JVM);
    List<String[]> known = new ArrayList<>();
    for (String line : run("nm", "-D", "-S", "--defined-only", JVM.toString())) {
      String[] fields = line.split(" ", 4);
      if (fields.length == 4 && fields[2].equals("T")) {
        known.add(fields);
      }
    }

    assertThat(known).hasSizeGreaterThan(100);
    for (String[] function : known) {
      long begin = Long.parseLong(function[0], 16) + shift;
      long last = begin + Long.parseLong(function[1], 16) - 1;
      String name = CppName.readable(function[3].replaceAll("@.*", ""));
      assertThat(symbols.nameAtFileOffset(begin)).as(name).hasValue(name);
      assertThat(symbols.nameAtFileOffset(last)).as(name).hasValue(name);
    }
  }

  @Test
  void namesStaticFunctionsOfAProgramThatWasNotStripped() throws Exception {
    Requirement.tool("gcc");
    Requirement.tool("nm");
    Path source = directory.resolve("a.c");
    Path program = directory.resolve("a");
    Files.writeString(
        source,
        """
        __attribute__((noinline)) static int inner(int x) { return x * 3; }
        int main(int n, char **v) { return inner(n); }
        """);
    run("gcc", "-O1", "-o", program.toString(), source.toString());
    long address =
        run("nm", program.toString()).stream()
            .filter(line -> line.endsWith(" t inner"))
            .mapToLong(line -> Long.parseLong(line, 0, line.indexOf(' '), 16))
            .findFirst()
            .orElseThrow();

    ElfSymbols symbols = ElfSymbols.read(program);

    assertThat(symbols.nameAtFileOffset(address + shift(program))).hasValue("inner");
    run("strip", program.toString());
    assertThat(ElfSymbols.read(program).nameAtFileOffset(address + shift(program))).isEmpty();
  }

  @Test
  void readsNothingFromWhatIsNoProgram() throws IOException {
    Path file = directory.resolve("file");
    byte[] cut = new byte[70];
    System.arraycopy(Files.readAllBytes(JVM), 0, cut, 0, cut.length);
    Files.write(file, cut);

    assertThat(ElfSymbols.read(file).size()).isZero();
    assertThat(ElfSymbols.read(Files.writeString(file, "#!/bin/sh\n")).size()).isZero();
    assertThat(ElfSymbols.read(directory.resolve("none")).size()).isZero();
  }

  /// Of the names that can be read without templates, the same come out.
  @Test
  void readsNamesOfFunctionsAsCppfiltDoes() throws IOException {
    Requirement.tool("c++filt");
    List<String> encoded =
        List.of(
            "_ZN11SymbolTable9do_lookupEPKcim",
            "_ZNK6Method13is_old_methodEv",
            "_Z17before_exit_throwP10JavaThreadb",
            "JVM_Halt");

    List<String> command = new ArrayList<>(List.of("c++filt"));
    command.addAll(encoded);
    List<String> readable = run(command.toArray(String[]::new));

    for (int i = 0; i < encoded.size(); i++) {
      assertThat(CppName.readable(encoded.get(i)))
          .isEqualTo(readable.get(i).replaceAll("\\(.*", ""));
    }
    assertThat(CppName.readable("_ZN3FooIiE3barEv")).isEqualTo("_ZN3FooIiE3barEv");
    assertThat(CppName.readable("_ZN99999x")).isEqualTo("_ZN99999x");
  }

  @Test
  void namesTheFunctionsOfTheKernelAsItDoes() throws IOException {
    Requirement.root(); // others are shown zeros
    SymbolTable symbols = SymbolTable.of(KernelSymbols.read());
    List<String> lines = Files.readAllLines(Path.of("/proc/kallsyms"));

    assertThat(symbols.size()).isGreaterThan(1000);
    for (int i = 0; i < lines.size(); i += EVERY) {
      String[] fields = lines.get(i).split("[ \t]", 4);
      if (fields[1].equals("T") && !fields[2].startsWith("__pfx_")) {
        String begin = fields[0] + " ";
        List<String> same =
            lines.stream()
                .filter(line -> line.startsWith(begin))
                .map(line -> line.split("[ \t]", 4)[2])
                .toList();
        assertThat(symbols.nameAt(Long.parseUnsignedLong(fields[0], 16)).orElse("nothing"))
            .isIn(same);
      }
    }
  }

  @Test
  void readsWhatAJvmSaysOfItsCode() {
    List<Symbol> symbols =
        JitSymbols.parse(
            Stream.of(
                "0x00007f0000000000 0x0000000000000010 Interpreter",
                "0x00007f0000001000 0x0000000000000020 void a.b.C.run(java.lang.String[], int)",
                "7f0000002000 8 I2C/C2I adapters",
                "0x00007f00"));

    SymbolTable table = SymbolTable.of(symbols);
    assertThat(table.nameAt(0x7f0000000000L)).hasValue("Interpreter");
    assertThat(table.nameAt(0x7f000000101fL)).hasValue("a.b.C.run");
    assertThat(table.nameAt(0x7f0000001020L)).isEmpty();
    assertThat(table.nameAt(0x7f0000002007L)).hasValue("I2C/C2I adapters");
    assertThat(table.size()).isEqualTo(3);
  }
}
