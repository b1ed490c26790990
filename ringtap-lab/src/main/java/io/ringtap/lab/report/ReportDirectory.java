package io.ringtap.lab.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// A directory with a report in its three forms: `report.md`, `report.html` and `data.json`.
public final class ReportDirectory {
  private static final String HALF = ".part";

  private ReportDirectory() {}

  /// Writes the report, in a directory that is made if it is missing. Another report that is there
  /// is replaced whole: at no time do files of both lie side by side, and without `data.json`,
  /// which comes last, there is no report. Other files stay.
  ///
  /// @throws IOException if it cannot, with a line that says why
  public static void write(Report report, Path directory) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("report.md", MarkdownReport.text(report));
    files.put("report.html", HtmlReport.text(report));
    files.put(DataFile.NAME, DataFile.text(report));
    replace(directory, files);
  }

  /// @param files by name, the last of which makes the others valid
  static void replace(Path directory, Map<String, String> files) throws IOException {
    try {
      if (Files.exists(directory) && !Files.isDirectory(directory)) {
        throw new IOException(directory + " is a file, and a report needs a directory");
      }
      Files.createDirectories(directory);
      for (Map.Entry<String, String> file : files.entrySet()) {
        // Half a surrogate pair in a peer's words is no reason to lose a report: it becomes a "?".
        byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
        Files.write(directory.resolve(file.getKey() + HALF), content);
      }
      for (String name : files.keySet().stream().toList().reversed()) {
        Files.deleteIfExists(directory.resolve(name));
      }
      for (String name : files.keySet()) {
        Files.move(directory.resolve(name + HALF), directory.resolve(name));
      }
    } catch (FileSystemException e) {
      throw new IOException("cannot write " + e.getFile() + ": " + reason(e), e);
    } finally {
      for (String name : files.keySet()) {
        discard(directory.resolve(name + HALF));
      }
    }
  }

  /// What is left of a write that failed; that it failed has been said already.
  private static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The next write replaces it.
    }
  }

  /// Reads the report that [#write] wrote, from its `data.json`.
  ///
  /// @param directory of the report, or its `data.json`
  /// @throws IOException if there is none, with a line that says what is wrong and where
  public static Report read(Path directory) throws IOException {
    Path file = Files.isRegularFile(directory) ? directory : directory.resolve(DataFile.NAME);
    byte[] data;
    try (InputStream in = Files.newInputStream(file)) {
      // One byte more shows whether there are more than are read.
      data = in.readNBytes((int) DataFile.MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw new IOException(directory + " is not a report: there is no " + file, e);
    } catch (FileSystemException e) {
      throw new IOException("cannot read " + file + ": " + reason(e), e);
    }
    if (data.length > DataFile.MAX_BYTES) {
      throw new IOException(file + ": longer than " + DataFile.MAX_BYTES + " bytes, so no report");
    }
    try {
      return DataFile.read(data);
    } catch (DataFile.NotAReport e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static String reason(FileSystemException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
  }
}
