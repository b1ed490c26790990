package io.ringtap.monitor.config.migration;

import io.ringtap.monitor.config.yaml.Mistake;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Makes a configuration of another program's.
public final class Migration {
  /// Whose files are understood.
  public enum Program {
    /// SmokePing's `config`, or only its `Targets`.
    SMOKEPING("smokeping"),
    /// The configuration file of smokeping_prober.
    SMOKEPING_PROBER("smokeping_prober"),
    /// The configuration file of ping_exporter.
    PING_EXPORTER("ping_exporter");

    private final String word;

    Program(String word) {
      this.word = word;
    }

    /// What its users call it.
    public String word() {
      return word;
    }

    /// All words.
    public static List<String> words() {
      return Arrays.stream(values()).map(Program::word).toList();
    }
  }

  /// What it comes to.
  public sealed interface Result {
    /// A configuration.
    ///
    /// @param yaml the text of the file
    /// @param left what could not be carried over, by file and line; also in comments of the text
    record Converted(String yaml, List<Mistake> left) implements Result {}

    /// The file cannot be understood.
    ///
    /// @param mistakes at least one
    record Refused(List<Mistake> mistakes) implements Result {}
  }

  private Migration() {}

  /// Reads a program's file, and the files that it includes.
  public static Result of(Program program, Path file) {
    Draft draft = new Draft(file.toString());
    switch (program) {
      case SMOKEPING -> SmokepingImport.read(file, draft);
      case SMOKEPING_PROBER -> SmokepingProberImport.read(file, draft);
      case PING_EXPORTER -> PingExporterImport.read(file, draft);
    }
    if (draft.isEmpty() && draft.wrong().isEmpty()) {
      draft.refuse(1, "no targets that can be pinged");
    }
    return draft.wrong().isEmpty()
        ? new Result.Converted(DraftText.of(draft, program), draft.left())
        : new Result.Refused(draft.wrong());
  }
}
