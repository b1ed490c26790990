package io.ringtap.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

/// What a test needs from the machine. If it is missing, the test is skipped with a printed reason.
/// If the environment has `CI=true`, the test fails instead, because nobody would notice the skip.
public final class Requirement {
  private static final boolean CI = "true".equals(System.getenv("CI"));
  private static final int CAP_NET_RAW = 13; // linux/capability.h

  private Requirement() {}

  /// Requires a program on the search path.
  public static void tool(String name) {
    boolean found =
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
    check(found, name + " is not installed");
  }

  /// Requires namespaces and TUN devices. For all tests of a class, use [RequiresRoot].
  public static void root() {
    String missing = missingForNamespaces();
    check(missing.isEmpty(), missing);
  }

  /// Requires something else.
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

  /// The same for a JUnit condition: with `CI=true` the tests run, and fail because of what is
  /// missing.
  static ConditionEvaluationResult condition(String displayName, String missing) {
    if (missing.isEmpty() || CI) {
      return ConditionEvaluationResult.enabled("nothing is missing, or CI");
    }
    System.err.println("skipped: " + displayName + ": " + missing);
    return ConditionEvaluationResult.disabled(missing);
  }

  /// What is missing for namespaces and TUN devices; empty if nothing is.
  static String missingForNamespaces() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return "needs root to make network namespaces (CAP_SYS_ADMIN and CAP_NET_ADMIN)";
    }
    return Files.exists(Path.of("/dev/net/tun")) ? "" : "needs /dev/net/tun";
  }

  /// What is missing for raw sockets; empty if nothing is.
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
