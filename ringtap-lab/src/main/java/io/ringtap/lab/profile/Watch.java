package io.ringtap.lab.profile;

import java.io.IOException;
import java.util.Map;

/// Looks on while a load comes. An experiment calls it around the load, with what is measured
/// running before and after.
public interface Watch {
  /// Does nothing.
  Watch NONE =
      new Watch() {
        @Override
        public void begin() {}

        @Override
        public void end() {}
      };

  /// Variables that the processes which are looked at are to have.
  default Map<String, String> environment() {
    return Map.of();
  }

  /// The load is about to come.
  ///
  /// @throws IOException if the kernel refuses
  void begin() throws IOException;

  /// The load has come. What is measured still lives.
  ///
  /// @throws IOException if the kernel refuses
  void end() throws IOException, InterruptedException;
}
