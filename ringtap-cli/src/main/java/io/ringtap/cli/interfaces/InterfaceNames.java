package io.ringtap.cli.interfaces;

import io.ringtap.device.Link;
import java.util.List;
import java.util.stream.Collectors;

/// What users hear who name an interface that is not there.
public final class InterfaceNames {
  private InterfaceNames() {}

  /// One line that names those that are.
  public static String missing(String name, List<Link> links) {
    String present = links.stream().map(Link::name).collect(Collectors.joining(", "));
    return "there is no interface '"
        + name
        + "'; there "
        + (links.size() == 1 ? "is " : "are ")
        + (present.isEmpty() ? "none" : present);
  }
}
