package io.ringtap.cli.interfaces;

import java.util.List;

/// What users hear who name an interface that is not there.
public final class InterfaceNames {
  private InterfaceNames() {}

  /// One line that names those that are.
  public static String missing(String name, List<String> present) {
    return "there is no interface '"
        + name
        + "'; there "
        + (present.size() == 1 ? "is " : "are ")
        + (present.isEmpty() ? "none" : String.join(", ", present));
  }
}
