package io.ringtap.cli.run;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogManager;

/// Logging that goes on until the process ends. The JDK's own takes its handlers away as soon as a
/// signal comes, while a run still has to end in order, and to say how that went.
public final class LastingLog {
  private static final String MANAGER = "java.util.logging.manager";

  /// Each of them set up logging.
  private static final List<String> SETTINGS =
      List.of(MANAGER, "java.util.logging.config.file", "java.util.logging.config.class");

  private static volatile boolean lasts;

  private LastingLog() {}

  /// From now on, what is logged is shown until the process ends, unless whoever has started the
  /// JVM has set up logging. Nothing may have been logged before.
  public static void begin() {
    if (SETTINGS.stream().anyMatch(setting -> System.getProperty(setting) != null)) {
      return;
    }
    System.setProperty(MANAGER, Manager.class.getName());
    // Handlers are made by the first who asks for them, and after a signal for nobody.
    Handler[] _ = LogManager.getLogManager().getLogger("").getHandlers();
    lasts = true;
  }

  /// What the JDK makes and asks. A class of its own, for it has to be named before the JDK's is
  /// initialized.
  public static final class Manager extends LogManager {
    /// For the JDK.
    public Manager() {}

    /// Does nothing once logging has begun. Lines on standard error are written when they are
    /// logged, so that none is lost.
    @Override
    public void reset() {
      if (!lasts) {
        super.reset();
      }
    }
  }
}
