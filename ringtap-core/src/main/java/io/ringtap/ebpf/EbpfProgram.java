package io.ringtap.ebpf;

import java.nio.IntBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A program before it is loaded into the kernel: maps are names. Immutable. An [EbpfAssembler]
/// makes one, and `LoadedProgram.load` hands it to the kernel, whose verifier decides whether it is
/// sound.
///
/// @param instructions 1 or more
/// @param maps for the number of an instruction that loads the address of a map or of data, its
///   name
/// @param labels for the number of an instruction, the names of the labels before it
/// @param data words that go into the kernel with the program, by their names
public record EbpfProgram(
    List<EbpfInstruction> instructions,
    Map<Integer, String> maps,
    Map<Integer, List<String>> labels,
    Map<String, IntBuffer> data) {
  /// Copies the lists.
  public EbpfProgram {
    instructions = List.copyOf(instructions);
    maps = Map.copyOf(maps);
    labels = Map.copyOf(labels);
    data = Map.copyOf(data);
  }

  /// The names of the maps that the program uses, without its data.
  public Set<String> mapNames() {
    Set<String> names = new TreeSet<>(maps.values());
    names.removeAll(data.keySet());
    return names;
  }

  /// The instructions as the kernel takes them, 8 bytes each.
  ///
  /// @param descriptors gives the descriptor of the map of a name, or of the map of one element
  ///   that the data of a name is in
  public long[] encode(ToIntFunction<String> descriptors) {
    long[] encoded = instructions.stream().mapToLong(EbpfInstruction::encode).toArray();
    maps.forEach((at, name) -> encoded[at] |= (long) descriptors.applyAsInt(name) << Integer.SIZE);
    return encoded;
  }

  /// The program as the kernel's verifier prints it, one line for each instruction, such as `0:
  /// (61) r2 = *(u32 *)(r1 +0)`, the last without its end.
  @Override
  public String toString() {
    return IntStream.range(0, instructions.size())
        .filter(at -> !isSecondHalf(at))
        .mapToObj(at -> at + ": " + line(at))
        .collect(Collectors.joining("\n"));
  }

  /// The program to read: as [#toString], with its labels on lines of their own, and the label
  /// after each jump to it. The last line is without its end.
  public String toListing() {
    StringBuilder text = new StringBuilder();
    Map<Integer, List<String>> places = new TreeMap<>(labels);
    int digits = String.valueOf(instructions.size() - 1).length();
    for (int at = 0; at < instructions.size(); at++) {
      places.getOrDefault(at, List.of()).forEach(name -> text.append(name).append(":\n"));
      if (isSecondHalf(at)) {
        continue;
      }
      String number = String.valueOf(at);
      text.append(" ".repeat(digits + 1 - number.length())).append(number).append(": ");
      text.append(line(at));
      int target = EbpfDisassembler.target(at, instructions.get(at));
      List<String> names = places.getOrDefault(target, List.of());
      text.append(names.isEmpty() ? "" : " <" + names.getFirst() + ">").append('\n');
    }
    return text.deleteCharAt(text.length() - 1).toString();
  }

  private String line(int at) {
    EbpfInstruction instruction = instructions.get(at);
    if (instruction.opcode() != EbpfOpcode.LOAD_WIDE) {
      return EbpfDisassembler.text(instruction);
    }
    String name = maps.get(at);
    int upper = at + 1 < instructions.size() ? instructions.get(at + 1).immediate() : 0;
    if (name == null) {
      return EbpfDisassembler.wide(instruction, upper);
    }
    // As bpftool prints them.
    String place = data.containsKey(name) ? "[0]+" + upper : "";
    return EbpfDisassembler.wide(instruction, "map[" + name + "]" + place);
  }

  private boolean isSecondHalf(int at) {
    return at > 0
        && instructions.get(at).opcode() == 0
        && instructions.get(at - 1).opcode() == EbpfOpcode.LOAD_WIDE;
  }
}
