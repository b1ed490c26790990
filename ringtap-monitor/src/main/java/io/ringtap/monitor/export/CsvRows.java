package io.ringtap.monitor.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// CSV (RFC 4180, with line feeds), with the names of fields as the first line. Fields that have no
/// value are empty.
final class CsvRows implements Rows {
  private final OutputStream out;
  private final StringBuilder names = new StringBuilder();
  private final StringBuilder values = new StringBuilder();
  private boolean hasNames;

  CsvRows(OutputStream out) {
    this.out = out;
  }

  @Override
  public void begin() {
    values.setLength(0);
  }

  @Override
  public void text(String name, @Nullable String value) {
    put(name, value == null ? "" : quoted(value));
  }

  @Override
  public void number(String name, long value) {
    put(name, Long.toString(value));
  }

  @Override
  public void none(String name) {
    put(name, "");
  }

  @Override
  public void ratio(String name, double value) {
    put(name, Double.toString(value));
  }

  @Override
  public void labels(String name, Map<String, String> labels) {
    StringJoiner joined = new StringJoiner(",");
    labels.forEach((label, value) -> joined.add(label + "=" + value));
    put(name, quoted(joined.toString()));
  }

  /// Leaves them out.
  @Override
  public void pairs(String name, Pairs pairs) {}

  private void put(String name, String value) {
    if (!hasNames) {
      names.append(names.isEmpty() ? "" : ",").append(name);
    }
    values.append(values.isEmpty() ? "" : ",").append(value);
  }

  private static String quoted(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (",\"\r\n".indexOf(value.charAt(i)) >= 0) {
        return '"' + value.replace("\"", "\"\"") + '"';
      }
    }
    return value;
  }

  @Override
  public void end() {
    if (!hasNames) {
      hasNames = true;
      write(names);
    }
    write(values);
  }

  private void write(StringBuilder line) {
    try {
      out.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
