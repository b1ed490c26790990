package io.ringtap.lab.experiment.ladder;

import java.io.IOException;

/// A way of the library to take packets, or their counts, in this process.
interface LadderRung {
  /// As reports call it.
  String label();

  /// Takes a load.
  LadderRun run(CaptureNetwork network, long bufferBytes, long frames, int... cpus)
      throws IOException, InterruptedException;
}
