package io.ringtap.lab.report;

/// What an experiment ran on.
///
/// @param processor its name, as `/proc/cpuinfo` has it
/// @param processors how many the JVM may use
/// @param memoryBytes of the machine
/// @param kernel release of Linux
/// @param system the distribution
/// @param java version of the JVM
/// @param ringtap version of Ringtap
public record Machine(
    String processor,
    int processors,
    long memoryBytes,
    String kernel,
    String system,
    String java,
    String ringtap) {
  /// @throws IllegalArgumentException if there are fewer than 0 processors or bytes
  public Machine {
    if (processors < 0 || memoryBytes < 0) {
      throw new IllegalArgumentException("a machine of fewer than 0 processors or bytes");
    }
  }
}
