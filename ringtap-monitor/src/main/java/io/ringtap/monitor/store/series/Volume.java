package io.ringtap.monitor.store.series;

import java.io.IOException;
import java.util.List;

/// Where the files of one kind stand, such as series files: a folder, or memory.
public interface Volume {
  /// The names of all files, in no order.
  List<String> names() throws IOException;

  /// Makes a file that is not there yet and opens it for reading and writing.
  SeriesFile create(String name) throws IOException;

  /// Opens a file for reading and writing.
  SeriesFile open(String name) throws IOException;

  /// Opens a file for reading. Any number of threads may do so at once, each for itself.
  SeriesFile read(String name) throws IOException;

  /// Deletes a file. Whoever has it open reads on.
  void delete(String name) throws IOException;
}
