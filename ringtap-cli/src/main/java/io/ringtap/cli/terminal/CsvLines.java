package io.ringtap.cli.terminal;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Lines of comma-separated values (RFC 4180, with line feeds), each on its way at once. One thread
/// at a time uses it.
public final class CsvLines {
  private final CsvWriter csv;

  /// Writes the columns' names.
  public CsvLines(Output out, List<String> columns) {
    csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out, StandardCharsets.UTF_8);
    write(columns);
  }

  /// Writes a line.
  public void write(List<String> fields) {
    try {
      csv.writeRecord(fields);
      csv.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
