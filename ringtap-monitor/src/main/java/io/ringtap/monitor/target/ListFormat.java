package io.ringtap.monitor.target;

import io.ringtap.monitor.target.SourceReader.SourceProblem;
import io.ringtap.target.TargetWords;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Files with targets as `ringtap ping -f` reads them: any number on a line, `#` begins a comment.
final class ListFormat {
  private ListFormat() {}

  /// Reads a whole file.
  ///
  /// @throws SourceProblem if anything in it is no target
  static List<Listed> read(String file, byte[] content) throws SourceProblem {
    List<Listed> listed = new ArrayList<>();
    String problem = null;
    int more = 0;
    try (TargetWords words = new TargetWords(file, new ByteArrayInputStream(content))) {
      for (String word = words.next(); word != null; word = words.next()) {
        try {
          listed.add(Listed.parse(word, null, Map.of()));
        } catch (IllegalArgumentException e) {
          more += problem == null ? 0 : 1;
          problem = problem == null ? words.place() + ": " + e.getMessage() : problem;
        }
      }
    } catch (IOException e) {
      throw new SourceProblem(file + ": " + e.getMessage());
    }
    if (problem != null) {
      throw new SourceProblem(problem + (more == 0 ? "" : " (and " + more + " more)"));
    }
    return listed;
  }
}
