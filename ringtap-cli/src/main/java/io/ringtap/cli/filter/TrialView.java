package io.ringtap.cli.filter;

import io.ringtap.savefile.SavefileReader;

/// Shows what a filter did with the packets of a file. One thread uses it.
interface TrialView {
  /// Shows what became of the packet that `reader` is at.
  ///
  /// @param number of the packet in the file, from 1
  /// @param instructions that the program executed for it
  void show(SavefileReader reader, long number, boolean matches, int instructions);

  /// Shows what became of all, and hands it over.
  void summary(TrialCounts counts);

  /// Hands over what has gathered.
  void flush();
}
