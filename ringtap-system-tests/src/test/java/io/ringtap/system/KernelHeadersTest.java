package io.ringtap.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.ringtap.error.Errno;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Asks the C compiler whether what `io.ringtap.linux.abi` transcribes from C is true: each class
/// makes one small program, since not all kernel headers bear each other in one translation unit.
class KernelHeadersTest {
  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> saysWhatTheHeadersSay() throws IOException {
    Requirement.tool("gcc");

    List<Transcript> transcripts = Transcript.all();

    assertThat(transcripts).hasSizeGreaterThan(20);
    return transcripts.stream()
        .map(transcript ->
            DynamicTest.dynamicTest(transcript.name(), () -> checkAgainstC(transcript)));
  }

  @Test
  void namesEveryErrorAsTheHeaderDoes() throws IOException {
    Transcript errors = Transcript.all().getLast();

    assertThat(errors.values())
        .allSatisfy(
            (name, number) -> assertThat(new Errno(number.intValue()).name()).isEqualTo(name));
  }

  private void checkAgainstC(Transcript transcript) throws IOException, InterruptedException {
    assertThat(transcript.values()).isNotEmpty();
    Path source = directory.resolve(transcript.name() + ".c");
    Path program = directory.resolve(transcript.name());
    Files.writeString(source, program(transcript));

    run("gcc", "-o", program.toString(), source.toString());
    Map<String, Long> told = new LinkedHashMap<>();
    run(program.toString())
        .lines()
        .map(line -> line.split("=", 2))
        .forEach(line -> told.put(line[1], Long.valueOf(line[0])));

    Map<String, String> differences = new LinkedHashMap<>();
    transcript
        .values()
        .forEach((expression, value) -> {
          long c = told.getOrDefault(expression, 0L);
          if (c != value && c != unsigned(value)) {
            differences.put(expression, "is " + c + " in C and " + value + " here");
          }
        });
    assertThat(told).hasSameSizeAs(transcript.values());
    assertThat(differences).as(transcript.name()).isEmpty();
  }

  /// A 32-bit value with its highest bit set is negative as a Java `int` and positive as a C
  /// `long`.
  private static long unsigned(long value) {
    return value < 0 ? value & 0xFFFF_FFFFL : value;
  }

  private static String program(Transcript transcript) {
    StringBuilder c = new StringBuilder("#define _GNU_SOURCE\n");
    for (String header : transcript.headers()) {
      c.append("#include <").append(header).append(">\n");
    }
    c.append("#include <stddef.h>\n#include <stdio.h>\nint main(void) {\n");
    for (String expression : transcript.values().keySet()) {
      // The error of a name that C does not know stands alone, on a line that quotes it.
      c.append("  printf(\"%lld=%s\\n\", (long long) (")
          .append(expression)
          .append("), \"")
          .append(expression)
          .append("\");\n");
    }
    return c.append("}\n").toString();
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      fail("%s failed:%n%s", String.join(" ", command), output);
    }
    return output;
  }
}
