package io.ringtap.cli.run;

import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.WriteRoom;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.IntSupplier;
import picocli.CommandLine.Model.CommandSpec;

/// Standard output for a command's data. When its reader goes, so does the process, unless it is a
/// service.
public final class CommandOutput {
  private CommandOutput() {}

  /// Opens standard output. When writing fails the process ends once the run has said its [last
  /// words][Output#lastWords] on standard error: with the code that the run has come to where the
  /// reader has read enough, and otherwise with a line that says why and [ExitCode#SYSTEM], or its
  /// like of the command's [Face].
  ///
  /// @param codeSoFar the run's exit code, asked when the reader has gone
  public static Output open(CommandSpec spec, IntSupplier codeSoFar) {
    return new Output(
        new FileOutputStream(FileDescriptor.out),
        WriteRoom.ofStandardOutput(),
        e -> end(spec, "standard output", codeSoFar.getAsInt(), e));
  }

  /// Opens standard output of a command that is there for more than its lines, such as an agent.
  /// When writing fails, that is said once, the lines from there on are dropped, and the run goes
  /// on.
  public static Output ofService(Messages messages) {
    return new Output(
        new FileOutputStream(FileDescriptor.out),
        WriteRoom.ofStandardOutput(),
        e ->
            messages.print(
                "cannot write to standard output, so its lines are lost: " + e.getMessage()));
  }

  /// As [#open], for a file that the command has opened.
  ///
  /// @param name what messages call it
  public static Output of(OutputStream file, String name, CommandSpec spec, IntSupplier codeSoFar) {
    return new Output(file, e -> end(spec, name, codeSoFar.getAsInt(), e));
  }

  private static void end(CommandSpec spec, String name, int codeSoFar, IOException e) {
    int code = codeSoFar;
    if (!String.valueOf(e.getMessage()).contains("Broken pipe")) {
      spec.commandLine()
          .getErr()
          .println(Face.nameOf(spec) + ": cannot write to " + name + ": " + e.getMessage());
      code =
          spec.userObject() instanceof Face.Bearer bearer
              ? bearer.face().codes().system()
              : ExitCode.SYSTEM;
    }
    Runtime.getRuntime().halt(code);
  }
}
