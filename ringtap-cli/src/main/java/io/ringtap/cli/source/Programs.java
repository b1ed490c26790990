package io.ringtap.cli.source;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.Failure;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;

/// BPF programs as text, in the forms that `tcpdump -d`, `-dd` and `-ddd` print.
public final class Programs {
  private Programs() {}

  /// Reads one.
  ///
  /// @throws BadArgument if the file cannot be read, or holds none
  public static BpfProgram read(String file) throws BadArgument {
    try {
      return BpfProgram.parse(SmallFile.read(file, "a program"));
    } catch (IllegalArgumentException e) {
      throw new BadArgument(file + ": " + e.getMessage() + "; 'tcpdump -ddd EXPRESSION' makes one");
    } catch (CharacterCodingException e) {
      throw new BadArgument(
          file + ": " + Failure.reason(e) + "; 'tcpdump -ddd EXPRESSION' makes a program");
    } catch (IOException e) {
      throw new BadArgument(file + ": " + Failure.reason(e));
    }
  }

  /// A program as text.
  ///
  /// @param form how many times `-d` was given: up to 1 to read, 2 for C, 3 and more for decimal
  ///   numbers
  public static String text(BpfProgram program, int form) {
    return switch (form) {
      case 0, 1 -> program.toString();
      case 2 -> program.toCInitializers();
      default -> program.toDecimal();
    };
  }
}
