package io.ringtap.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

/// What a test needs of the machine. Where it is missing the test is skipped with a printed reason,
/// and fails when the environment says `CI=true`: there a skip would be a hole that nobody sees.
public final class Requirement {
  private static final boolean CI = "true".equals(System.getenv("CI"));
  private static final int CAP_NET_RAW = 13; // linux/capability.h

  private Requirement() {}

  /// Needs a program on the search path.
  public static void tool(String name) {
    boolean found =
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
    check(found, name + " is not installed");
  }

  /// Needs namespaces and TUN devices. For all tests of a class there is [RequiresRoot].
  public static void root() {
    String missing = missingForNamespaces();
    check(missing.isEmpty(), missing);
  }

  /// Needs something for which there is no method here.
  ///
  /// @param reason what is missing
  public static void check(boolean met, String reason) {
    if (met) {
      return;
    }
    if (CI) {
      throw new AssertionError(reason + ", and with CI=true nothing may be skipped");
    }
    System.err.println("skipped: " + reason);
    Assumptions.abort(reason);
  }

  /// The same for a condition of JUnit's: with `CI=true` the tests run, and fail by what they lack.
  static ConditionEvaluationResult condition(String displayName, String missing) {
    if (missing.isEmpty() || CI) {
      return ConditionEvaluationResult.enabled("nothing is missing, or CI");
    }
    System.err.println("skipped: " + displayName + ": " + missing);
    return ConditionEvaluationResult.disabled(missing);
  }

  /// What namespaces and TUN devices lack; empty if nothing.
  static String missingForNamespaces() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return "needs root to make network namespaces (CAP_SYS_ADMIN and CAP_NET_ADMIN)";
    }
    return Files.exists(Path.of("/dev/net/tun")) ? "" : "needs /dev/net/tun";
  }

  /// What raw sockets lack; empty if nothing.
  static String missingForRawSockets() {
    try {
      String effective =
          Files.readAllLines(Path.of("/proc/self/status")).stream()
              .filter(line -> line.startsWith("CapEff:"))
              .findFirst()
              .orElseThrow();
      long capabilities = Long.parseUnsignedLong(effective.substring(7).strip(), 16);
      return (capabilities >> CAP_NET_RAW & 1) != 0 ? "" : "needs CAP_NET_RAW";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
