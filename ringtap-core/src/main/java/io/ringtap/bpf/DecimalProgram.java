package io.ringtap.bpf;

import java.util.ArrayList;
import java.util.List;

/// Reads the decimal form of `tcpdump -ddd`.
final class DecimalProgram {
  private static final int FIELDS = 4; // code jt jf k
  private static final int MAX_CODE = 0xFFFF;
  private static final int MAX_SKIP = 0xFF;
  private static final long MAX_CONSTANT = 0xFFFF_FFFFL;

  private DecimalProgram() {}

  static BpfProgram parse(String text) {
    List<String> lines = text.lines().map(String::strip).toList();
    int end = lines.size();
    while (end > 0 && lines.get(end - 1).isEmpty()) {
      end--;
    }
    if (end == 0) {
      throw wrong(1, "the number of instructions is missing");
    }
    long count = number(1, lines.getFirst(), BpfOpcode.BPF_MAXINSNS);
    if (count != end - 1) {
      throw wrong(1, "there are to be " + count + " instructions, and there are " + (end - 1));
    }
    List<BpfInstruction> instructions = new ArrayList<>();
    for (int i = 1; i < end; i++) {
      instructions.add(instruction(i + 1, lines.get(i), end - 1 - i));
    }
    try {
      return new BpfProgram(instructions);
    } catch (IllegalArgumentException e) {
      throw wrong(end, String.valueOf(e.getMessage()));
    }
  }

  private static BpfInstruction instruction(int line, String text, int following) {
    String[] fields = text.split("\\s+", -1);
    if (fields.length != FIELDS) {
      throw wrong(line, "'" + text + "' is not four numbers: code jt jf k");
    }
    BpfInstruction instruction =
        new BpfInstruction(
            (int) number(line, fields[0], MAX_CODE),
            (int) number(line, fields[1], MAX_SKIP),
            (int) number(line, fields[2], MAX_SKIP),
            (int) number(line, fields[3], MAX_CONSTANT));
    String problem = BpfProgram.problem(instruction, following);
    if (problem != null) {
      throw wrong(line, problem);
    }
    return instruction;
  }

  private static long number(int line, String text, long max) {
    try {
      long number = Long.parseLong(text);
      if (number >= 0 && number <= max) {
        return number;
      }
    } catch (NumberFormatException _) {
      // the message below says what a number looks like
    }
    throw wrong(line, "'" + text + "' is not a whole number from 0 to " + max);
  }

  private static IllegalArgumentException wrong(int line, String problem) {
    return new IllegalArgumentException("line " + line + ": " + problem);
  }
}
