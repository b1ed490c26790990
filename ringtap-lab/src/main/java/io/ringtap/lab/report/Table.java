package io.ringtap.lab.report;

import java.util.List;

/// A table of results, before it is Markdown or HTML.
///
/// @param caption what it is about; empty if that is plain
/// @param header of the columns, the first of which names the rows
/// @param rows of as many cells as the header has, less the first
record Table(String caption, List<String> header, List<Row> rows) {
  /// @param name in the first column
  /// @param peer whose colour stands beside the name; empty for none
  /// @param isAside whether it is of other weight than the rest, as first runs are
  record Row(String name, String peer, boolean isAside, List<Cell> cells) {}

  /// @param text to look at
  /// @param detail that goes with it, such as the spread; may be empty
  /// @param isFailure whether it says that something failed
  record Cell(String text, String detail, boolean isFailure) {
    static final Cell NOTHING = new Cell("–", "", false);

    static Cell of(String text) {
      return new Cell(text, "", false);
    }
  }
}
