package io.ringtap.bpf;

import io.ringtap.bpf.ProgramText.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The form of `tcpdump -dd`: initializers of `struct sock_filter` in C.
final class InitializerProgram {
  private static final Pattern INITIALIZER =
      Pattern.compile("\\{\\s*(\\w+)\\s*,\\s*(\\w+)\\s*,\\s*(\\w+)\\s*,\\s*(\\w+)\\s*}\\s*,?");

  private InitializerProgram() {}

  static BpfProgram parse(List<Line> lines) {
    List<BpfInstruction> instructions = new ArrayList<>(lines.size());
    for (Line line : lines) {
      Matcher matcher = INITIALIZER.matcher(line.text());
      if (!matcher.matches()) {
        throw line.wrong("'" + line.text() + "' is not an instruction: { code, jt, jf, k },");
      }
      instructions.add(
          line.instruction(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4)));
    }
    return ProgramText.program(lines, instructions);
  }

  static String print(BpfProgram program) {
    return program.instructions().stream()
        .map(instruction ->
            "{ 0x%x, %d, %d, 0x%08x },"
                .formatted(instruction.code(), instruction.jt(), instruction.jf(), instruction.k()))
        .collect(Collectors.joining("\n"));
  }
}
