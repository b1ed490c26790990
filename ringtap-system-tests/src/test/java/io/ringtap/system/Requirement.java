package io.ringtap.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;

/// What a test needs of the machine. Where it is missing the test is skipped with a printed reason,
/// and fails when the environment says `CI=true`: there a skip would be a hole that nobody sees.
public final class Requirement {
  private static final boolean CI = "true".equals(System.getenv("CI"));

  private Requirement() {}

  /// Needs a program on the search path.
  public static void tool(String name) {
    boolean found =
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
    check(found, name + " is not installed");
  }

  /// Needs namespaces and TUN devices.
  public static void root() {
    check("root".equals(System.getProperty("user.name")), "needs root to make network namespaces");
    check(Files.exists(Path.of("/dev/net/tun")), "needs /dev/net/tun");
  }

  /// Needs something for which there is no method here.
  ///
  /// @param reason what is missing
  static void check(boolean met, String reason) {
    if (met) {
      return;
    }
    if (CI) {
      throw new AssertionError(reason + ", and with CI=true nothing may be skipped");
    }
    System.err.println("skipped: " + reason);
    Assumptions.abort(reason);
  }
}
