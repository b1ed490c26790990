package io.ringtap.fleet.delivery;

import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/// Something that does not work at the moment. It is logged when it begins and when it is over, and
/// not for each attempt. One thread tells, any reads.
final class Trouble {
  private static final System.Logger LOG = System.getLogger("io.ringtap.fleet.delivery");

  private volatile @Nullable String text;

  /// What it is, in words; null if all is well.
  @Nullable String text() {
    return text;
  }

  /// Something is wrong.
  ///
  /// @param why in words
  /// @param consequence in words, for the log
  void begin(String why, String consequence) {
    if (text == null) {
      LOG.log(Level.WARNING, "delivery: " + why + "; " + consequence);
    }
    text = why;
  }

  /// All is well.
  ///
  /// @param news in words, for the log if something was wrong
  void end(String news) {
    if (text != null) {
      LOG.log(Level.INFO, "delivery: " + news);
    }
    text = null;
  }
}
