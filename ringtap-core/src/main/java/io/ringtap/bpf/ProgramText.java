package io.ringtap.bpf;

import io.ringtap.bpf.BpfValidator.Fault;
import java.util.ArrayList;
import java.util.List;

/// A program as text, in one of three forms: what they share.
final class ProgramText {
  /// A line that is not empty.
  ///
  /// @param number from 1
  record Line(int number, String text) {
    IllegalArgumentException wrong(String problem) {
      return new IllegalArgumentException("line " + number + ": " + problem);
    }

    /// A whole number from 0 to `max`: decimal, or hexadecimal after `0x`.
    long number(String word, long max) {
      try {
        long value =
            word.startsWith("0x")
                ? Long.parseLong(word, 2, word.length(), 16)
                : Long.parseLong(word);
        if (value >= 0 && value <= max) {
          return value;
        }
      } catch (NumberFormatException _) {
        // the message below says what a number looks like
      }
      throw wrong("'" + word + "' is not a whole number from 0 to " + max);
    }

    /// The instruction of four numbers: code, jt, jf and k.
    BpfInstruction instruction(String code, String jt, String jf, String k) {
      return new BpfInstruction(
          (int) number(code, MAX_CODE),
          (int) number(jt, MAX_SKIP),
          (int) number(jf, MAX_SKIP),
          (int) number(k, MAX_CONSTANT));
    }
  }

  static final int MAX_SKIP = 0xFF;
  private static final int MAX_CODE = 0xFFFF;
  private static final long MAX_CONSTANT = 0xFFFF_FFFFL;

  private ProgramText() {}

  static BpfProgram parse(String text) {
    List<Line> lines = lines(text);
    if (lines.isEmpty()) {
      throw new Line(1, "").wrong("there is no program");
    }
    String first = lines.getFirst().text();
    if (first.startsWith("{")) {
      return InitializerProgram.parse(lines);
    }
    return Character.isDigit(first.charAt(0))
        ? DecimalProgram.parse(lines)
        : MnemonicProgram.parse(lines);
  }

  /// The program.
  ///
  /// @param lines of each instruction its line
  /// @throws IllegalArgumentException if Linux would not accept it, with the line that is wrong
  static BpfProgram program(List<Line> lines, List<BpfInstruction> instructions) {
    Fault fault = BpfValidator.fault(instructions, false);
    if (fault != null) {
      Line line =
          fault.instruction() == Fault.WHOLE ? lines.getLast() : lines.get(fault.instruction());
      throw line.wrong(fault.problem());
    }
    return new BpfProgram(instructions);
  }

  private static List<Line> lines(String text) {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (!line.isBlank()) {
        lines.add(new Line(number, line.strip()));
      }
    }
    return lines;
  }
}
