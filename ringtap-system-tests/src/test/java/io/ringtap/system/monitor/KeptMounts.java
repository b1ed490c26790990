package io.ringtap.system.monitor;

import java.io.IOException;
import java.nio.file.Path;

/// Keeps the mount namespace of a monitor, with its disks, when that has ended.
final class KeptMounts implements AutoCloseable {
  private final Process keeper;

  private KeptMounts(Process keeper) {
    this.keeper = keeper;
  }

  /// Of one that runs.
  static KeptMounts of(RunningMonitor monitor) throws IOException {
    Process keeper =
        new ProcessBuilder(
                "nsenter",
                "--mount",
                "--target",
                Long.toString(monitor.pid()),
                "cat",
                "/proc/self/mounts",
                "-")
            .start();
    keeper.inputReader().readLine(); // it is in there
    return new KeptMounts(keeper);
  }

  /// Where a path in there is to be found from here.
  Path seen(Path path) {
    return RunningMonitor.seen(keeper.pid(), path);
  }

  @Override
  public void close() {
    keeper.destroyForcibly();
  }
}
