package io.ringtap.bpf;

import static io.ringtap.bpf.BpfOpcode.*;

import io.ringtap.bpf.ProgramText.Line;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads the form of `tcpdump -d`, which [BpfDisassembler] writes: `(001) jeq #0x800 jt 2 jf 8`,
/// where the number in front may be missing.
final class MnemonicProgram {
  private static final Pattern LINE = Pattern.compile("(?:\\((\\d+)\\)\\s*)?([a-z]+)(?:\\s+(.*))?");
  private static final Pattern TARGETS = Pattern.compile("(.*?)\\s+jt\\s+(\\w+)\\s+jf\\s+(\\w+)");

  private static final String NUMBER = "(-?\\d{1,10}|0x[0-9a-fA-F]{1,8})";
  private static final Pattern LABEL = Pattern.compile("\\[([a-z_]+)]");
  private static final Map<OperandForm, Pattern> WITH_NUMBER =
      new EnumMap<>(
          Map.of(
              OperandForm.OFFSET, Pattern.compile("\\[" + NUMBER + "]"),
              OperandForm.INDEXED, Pattern.compile("\\[x \\+ " + NUMBER + "]"),
              OperandForm.HEADER_LENGTH, Pattern.compile("4\\*\\(\\[" + NUMBER + "]&0xf\\)"),
              OperandForm.SCRATCH, Pattern.compile("M\\[" + NUMBER + "]"),
              OperandForm.CONSTANT, Pattern.compile("#" + NUMBER),
              OperandForm.TARGET, Pattern.compile(NUMBER)));

  private static final Map<String, Map<OperandForm, Integer>> OPCODES = opcodes();

  private record Operand(OperandForm form, int k) {}

  private MnemonicProgram() {}

  static BpfProgram parse(List<Line> lines) {
    List<BpfInstruction> instructions = new ArrayList<>(lines.size());
    for (Line line : lines) {
      instructions.add(instruction(line, instructions.size(), lines.size()));
    }
    return ProgramText.program(lines, instructions);
  }

  private static BpfInstruction instruction(Line line, int number, int count) {
    Matcher matcher = LINE.matcher(line.text());
    if (!matcher.matches()) {
      throw line.wrong("'" + line.text() + "' is not an instruction such as 'ldh [12]'");
    }
    String printed = matcher.group(1);
    if (printed != null && line.number(printed, Integer.MAX_VALUE) != number) {
      throw line.wrong("this is instruction " + number + ", not " + printed);
    }
    String mnemonic = matcher.group(2);
    Map<OperandForm, Integer> codes = OPCODES.get(mnemonic);
    if (codes == null) {
      throw line.wrong("there is no instruction '" + mnemonic + "'");
    }
    String operand = matcher.group(3) == null ? "" : matcher.group(3);
    if (!isConditional(codes.values().iterator().next())) {
      return plain(line, codes, mnemonic, operand, number, count);
    }
    Matcher targets = TARGETS.matcher(operand);
    if (!targets.matches()) {
      throw line.wrong("'" + mnemonic + "' goes on as in '#0x800 jt 2 jf 8'");
    }
    BpfInstruction condition = plain(line, codes, mnemonic, targets.group(1), number, count);
    return new BpfInstruction(
        condition.code(),
        skip(line, targets.group(2), number, count),
        skip(line, targets.group(3), number, count),
        condition.k());
  }

  private static BpfInstruction plain(
      Line line,
      Map<OperandForm, Integer> codes,
      String mnemonic,
      String text,
      int number,
      int count) {
    Operand operand = operand(line, text);
    Integer code = operand == null ? null : codes.get(operand.form());
    if (operand == null || code == null) {
      throw line.wrong(
          "'%s' takes %s, not '%s'"
              .formatted(
                  mnemonic,
                  codes.keySet().stream()
                      .map(form -> form.example)
                      .collect(Collectors.joining(" or ")),
                  text));
    }
    return new BpfInstruction(
        code,
        0,
        0,
        operand.form() == OperandForm.TARGET
            ? target(line, text, count) - number - 1
            : operand.k());
  }

  private static @Nullable Operand operand(Line line, String text) {
    switch (text) {
      case "" -> {
        return new Operand(OperandForm.NONE, 0);
      }
      case "x" -> {
        return new Operand(OperandForm.INDEX_REGISTER, 0);
      }
      case "#pktlen" -> {
        return new Operand(OperandForm.PACKET_LENGTH, 0);
      }
      default -> {
        Matcher label = LABEL.matcher(text);
        if (label.matches()) {
          AncillaryField field = AncillaryField.labelled(label.group(1));
          return field == null ? null : new Operand(OperandForm.OFFSET, field.k);
        }
      }
    }
    for (Map.Entry<OperandForm, Pattern> form : WITH_NUMBER.entrySet()) {
      Matcher matcher = form.getValue().matcher(text);
      if (matcher.matches()) {
        return new Operand(form.getKey(), constant(line, matcher.group(1)));
      }
    }
    return null;
  }

  /// A number of 32 bits, with a sign or without one.
  private static int constant(Line line, String text) {
    if (text.startsWith("0x")) {
      return Integer.parseUnsignedInt(text, 2, text.length(), 16);
    }
    long value = Long.parseLong(text);
    if (value < Integer.MIN_VALUE || value > 0xFFFF_FFFFL) {
      throw line.wrong("'" + text + "' does not fit 32 bits");
    }
    return (int) value;
  }

  private static int skip(Line line, String target, int number, int count) {
    int skip = target(line, target, count) - number - 1;
    if (skip < 0 || skip > ProgramText.MAX_SKIP) {
      throw line.wrong(
          "a conditional jump goes to instruction %d at the earliest and %d at the latest, not %s"
              .formatted(number + 1, number + 1 + ProgramText.MAX_SKIP, target));
    }
    return skip;
  }

  private static int target(Line line, String text, int count) {
    return (int) line.number(text, count - 1L);
  }

  private static Map<String, Map<OperandForm, Integer>> opcodes() {
    Map<String, Map<OperandForm, Integer>> opcodes = new HashMap<>();
    for (int code = 0; code <= 0xFF; code++) {
      String mnemonic = mnemonic(code);
      if (mnemonic != null) {
        opcodes
            .computeIfAbsent(mnemonic, _ -> new EnumMap<>(OperandForm.class))
            .put(OperandForm.of(code), code);
      }
    }
    return opcodes;
  }
}
