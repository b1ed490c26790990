package io.ringtap.bpf;

import io.ringtap.bpf.ProgramText.Line;
import java.util.ArrayList;
import java.util.List;

/// The decimal form of `tcpdump -ddd`.
final class DecimalProgram {
  private static final int FIELDS = 4; // code jt jf k

  private DecimalProgram() {}

  static BpfProgram parse(List<Line> lines) {
    Line first = lines.getFirst();
    List<Line> following = lines.subList(1, lines.size());
    long count = first.number(first.text(), Integer.MAX_VALUE);
    if (count != following.size()) {
      throw first.wrong(
          "there are to be " + count + " instructions, and there are " + following.size());
    }
    List<BpfInstruction> instructions = new ArrayList<>(following.size());
    for (Line line : following) {
      String[] fields = line.text().split("\\s+", -1);
      if (fields.length != FIELDS) {
        throw line.wrong("'" + line.text() + "' is not four numbers: code jt jf k");
      }
      instructions.add(line.instruction(fields[0], fields[1], fields[2], fields[3]));
    }
    return ProgramText.program(following.isEmpty() ? lines : following, instructions);
  }

  static String print(BpfProgram program) {
    StringBuilder text = new StringBuilder().append(program.instructions().size());
    for (BpfInstruction instruction : program.instructions()) {
      text.append('\n')
          .append(instruction.code())
          .append(' ')
          .append(instruction.jt())
          .append(' ')
          .append(instruction.jf())
          .append(' ')
          .append(Integer.toUnsignedString(instruction.k()));
    }
    return text.toString();
  }
}
