package io.ringtap.cli.terminal;

import io.ringtap.cli.signal.SignalHandlers;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.Signals;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Leaves the terminal in order when a shell stops the process (Ctrl-Z, SIGTSTP) or a signal ends
/// it, and draws again when it goes on (SIGCONT).
final class JobControl {
  private static final long DEFAULT_ACTION = 0; // SIG_DFL
  // The kernel does not stop a process that no shell would continue (an orphaned process group).
  private static final long PATIENCE_MILLIS = 500;

  private final LiveRegion region;
  private final Semaphore continued = new Semaphore(0);

  private JobControl(LiveRegion region) {
    this.region = region;
  }

  /// From now on the region is left and drawn again as the process stops and goes on.
  static void follow(LiveRegion region) {
    JobControl control = new JobControl(region);
    SignalHandlers.handle("TSTP", control::onStop);
    SignalHandlers.handle("CONT", control::onContinue);
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(region::end, "ringtap-screen"));
    } catch (IllegalStateException _) {
      region.end(); // it ends already
    }
  }

  private void onStop() {
    region.suspend();
    continued.drainPermits();
    long _ = Libc.signal(CallState.current(), Signals.SIGTSTP, DEFAULT_ACTION);
    int pid = Math.toIntExact(ProcessHandle.current().pid());
    int _ = Libc.kill(CallState.current(), pid, Signals.SIGTSTP);
    try {
      // The signal may reach another thread later than this one goes on.
      boolean _ = continued.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    SignalHandlers.handle("TSTP", this::onStop);
    region.resume();
  }

  /// Also after a SIGSTOP, which cannot be foreseen: the shell has written over the block then.
  private void onContinue() {
    region.suspend();
    region.resume();
    continued.release();
  }
}
