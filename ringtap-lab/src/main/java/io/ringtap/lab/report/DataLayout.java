package io.ringtap.lab.report;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/// Lays `data.json` out for readers and for `diff`: a line for each property of the report, and for
/// each element of its lists.
final class DataLayout extends DefaultPrettyPrinter {
  private static final long serialVersionUID = 1L;
  private static final int DEEPEST_WITH_LINES = 2;

  /// What stands before an entry.
  private static final class Indenter implements DefaultPrettyPrinter.Indenter {
    @Override
    public void writeIndentation(JsonGenerator json, int level) {
      json.writeRaw(level <= DEEPEST_WITH_LINES ? "\n" + "  ".repeat(level) : " ");
    }

    @Override
    public boolean isInline() {
      return false;
    }
  }

  DataLayout() {
    super(
        Separators.createDefaultInstance()
            .withObjectNameValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator(""));
    indentObjectsWith(new Indenter());
    indentArraysWith(new Indenter());
  }

  @Override
  public DataLayout createInstance() {
    return new DataLayout();
  }

  @Override
  public void beforeObjectEntries(JsonGenerator json) {
    if (hasLines()) {
      super.beforeObjectEntries(json);
    }
  }

  @Override
  public void beforeArrayValues(JsonGenerator json) {
    if (hasLines()) {
      super.beforeArrayValues(json);
    }
  }

  @Override
  public void writeEndObject(JsonGenerator json, int entries) {
    super.writeEndObject(json, hasLines() ? entries : 0);
  }

  @Override
  public void writeEndArray(JsonGenerator json, int values) {
    super.writeEndArray(json, hasLines() ? values : 0);
  }

  private boolean hasLines() {
    return _nesting <= DEEPEST_WITH_LINES;
  }
}
