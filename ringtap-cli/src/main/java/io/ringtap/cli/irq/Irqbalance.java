package io.ringtap.cli.irq;

import io.ringtap.device.KernelFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The daemon that moves interrupts about.
final class Irqbalance {
  private Irqbalance() {}

  /// Its process; empty if it does not run.
  static Optional<String> process(KernelFiles files) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(files.proc(), "[1-9]*")) {
      for (Path process : processes) {
        if (name(process).equals("irqbalance")) {
          return Optional.of(String.valueOf(process.getFileName()));
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static String name(Path process) {
    try {
      return Files.readString(process.resolve("comm")).strip();
    } catch (IOException e) {
      return ""; // it has ended
    }
  }
}
