package io.ringtap.linux.abi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Forbids bare numbers as offsets in accessors of C structs. The C compiler confirms the layouts,
/// so an offset is confirmed only if it is taken from a layout.
///
/// The test checks the arguments that are offsets into a memory segment: of the segment's own
/// methods, of a [java.lang.invoke.VarHandle], and of helpers whose first argument is a segment.
class LayoutOffsetsTest {
  private static final Path SOURCES = Path.of("src/main/java/io/ringtap/linux/abi");

  private static final Pattern COMMENT_OR_TEXT =
      Pattern.compile("//[^\n]*|/\\*.*?\\*/|\"(?:[^\"\\\\\n]|\\\\.)*\"", Pattern.DOTALL);
  private static final Pattern SEGMENT = Pattern.compile("MemorySegment (\\w+)");
  private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])\\d\\w*");

  /// A constant defined as a number, not taken from a layout.
  private static final Pattern NUMBER_CONSTANT =
      Pattern.compile("static final (?:int|long) (\\w+) =\\s*[-\\d(][\\s\\w()+*<-]*;");

  private static final Pattern CALL = Pattern.compile("(?:(\\w+)\\.)?(\\w+)\\(");

  @Test
  void accessorsTakeTheirOffsetsFromLayouts() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(SOURCES)) {
      files = all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }

    assertThat(files).hasSizeGreaterThan(60);
    for (Path file : files) {
      assertThat(bareOffsets(Files.readString(file))).as(file.toString()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "memory.get(JAVA_INT, 4)",
        "memory.get(JAVA_INT, offset + 4)",
        "memory.get(JAVA_INT, index * 8 + EVENTS)",
        "Byte.toUnsignedInt(memory.get(JAVA_BYTE, offset + 0x10))",
        "memory.set(PORT, offset + 2, (short) port)",
        "memory.set(\n        JAVA_LONG,\n        4L + offset,\n        value)",
        "memory.set(JAVA_LONG, offset + KEY, memory.get(JAVA_LONG, 8))",
        "memory.get(JAVA_INT, offset + PLANTED)",
        "memory.get(JAVA_INT, LOWEST)",
        "memory.asSlice(offset + 4, bytes)",
        "memory.getString(offset + 12)",
        "STATUS.getAcquire(memory, offset + 8)",
        "STATUS.setRelease(memory, 8, status)",
        "text(memory, 4, room)",
        "nanos(memory, offset + PLANTED)",
      })
  void noticesABareNumber(String planted) {
    assertThat(bareOffsets(source(planted))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "memory.get(JAVA_INT, EVENTS)",
        "memory.get(JAVA_INT, offset + EVENTS)",
        "memory.get(HALF, offset + SIN6_ADDR + Long.BYTES)",
        "memory.set(JAVA_INT, offset + EVENTS, 12)",
        "memory.set(JAVA_INT, EVENTS, PLANTED)",
        "memory.setAtIndex(JAVA_INT, type / Integer.SIZE, ~(1 << type))",
        "memory.fill((byte) -1)",
        "STATUS.setRelease(memory, offset + EVENTS, 0)",
        "Math.max(offset, 4)",
        "memory.get(JAVA_INT, offset /* + 4 */ + EVENTS)",
      })
  void allowsWhatComesFromALayout(String good) {
    assertThat(bareOffsets(source(good))).isEmpty();
  }

  private static String source(String statement) {
    return """
    public final class Planted {
      private static final long EVENTS = Offsets.of(LAYOUT, "events");
      private static final long PLANTED = 16;
      private static final int LOWEST =
          1 << 3;

      static void access(MemorySegment memory, long offset) {
        %s;
      }
    }
    """
        .formatted(statement);
  }

  /// The calls with a number as an offset.
  private static List<String> bareOffsets(String source) {
    String code = COMMENT_OR_TEXT.matcher(source).replaceAll("");
    List<String> segments = names(SEGMENT, code);
    List<String> numbers = names(NUMBER_CONSTANT, code);
    List<String> found = new ArrayList<>();
    Matcher call = CALL.matcher(code);
    while (call.find()) {
      List<String> arguments = arguments(code, call.end());
      for (int place : places(call.group(1), call.group(2), arguments, segments)) {
        if (place < arguments.size() && isBare(arguments.get(place), numbers)) {
          found.add(call.group() + String.join(", ", arguments) + ")");
        }
      }
    }
    return found;
  }

  /// Which arguments of a call are offsets.
  private static List<Integer> places(
      String receiver, String method, List<String> arguments, List<String> segments) {
    if (segments.contains(String.valueOf(receiver))) {
      return switch (method) {
        case "get", "set" -> List.of(1);
        case "asSlice", "getString", "setString" -> List.of(0);
        default -> List.of();
      };
    }
    boolean isGivenSegment = !arguments.isEmpty() && segments.contains(arguments.getFirst());
    return isGivenSegment ? List.of(1) : List.of();
  }

  private static boolean isBare(String argument, List<String> numbers) {
    return NUMBER.matcher(argument).find()
        || Pattern.compile("(?<![.\\w])\\w+")
            .matcher(argument)
            .results()
            .anyMatch(name -> numbers.contains(name.group()));
  }

  private static List<String> names(Pattern pattern, String code) {
    return pattern.matcher(code).results().map(match -> match.group(1)).toList();
  }

  /// The arguments of the call whose parenthesis ends before `begin`.
  private static List<String> arguments(String code, int begin) {
    List<String> arguments = new ArrayList<>();
    int depth = 0;
    int from = begin;
    for (int at = begin; depth >= 0; at++) {
      char c = code.charAt(at);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth < 0 || (depth == 0 && c == ',')) {
        arguments.add(code.substring(from, at).strip());
        from = at + 1;
      }
    }
    return arguments;
  }
}
