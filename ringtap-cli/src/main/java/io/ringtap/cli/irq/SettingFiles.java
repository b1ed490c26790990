package io.ringtap.cli.irq;

import io.ringtap.cli.run.Failure;
import io.ringtap.device.Interrupt;
import io.ringtap.device.KernelFiles;
import io.ringtap.device.KernelSetting;
import io.ringtap.device.QueueLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The kernel's files that a spreading writes, and no others.
final class SettingFiles {
  private final KernelFiles files;
  private final QueueLayout layout;

  SettingFiles(KernelFiles files, QueueLayout layout) {
    this.files = files;
    this.layout = layout;
  }

  /// What is there now.
  KernelSetting present(KernelSetting setting) throws IOException {
    try {
      String value = Files.readString(setting.path(), StandardCharsets.UTF_8).strip();
      return new KernelSetting(setting.path(), value, setting.purpose());
    } catch (IOException e) {
      throw new IOException("cannot read " + setting.path() + ": " + words(e), e);
    }
  }

  /// Whether the file decides about an interrupt, or about a queue of this interface.
  boolean isOurs(Path path) {
    if (!path.equals(path.normalize())) {
      return false;
    }
    Path interrupts = files.proc().resolve("irq");
    if (path.startsWith(interrupts)) {
      return interrupts.relativize(path).toString().matches("\\d+/smp_affinity_list");
    }
    Path queues = files.netDirectory(layout.name()).resolve("queues");
    return path.startsWith(queues)
        && queues.relativize(path).toString().matches("rx-\\d+/rps_cpus|tx-\\d+/xps_cpus");
  }

  /// Whether the file still decides about what the setting was made for: a number of an interrupt
  /// may since have been given to another device.
  boolean isCurrent(KernelSetting setting) {
    if (!setting.path().startsWith(files.proc())) {
      return Files.exists(setting.path());
    }
    String number = String.valueOf(setting.path().getName(files.proc().getNameCount() + 1));
    return layout.interrupts().stream()
        .filter(interrupt -> Integer.toString(interrupt.number()).equals(number))
        .map(Interrupt::name)
        .anyMatch(setting.purpose()::equals);
  }

  /// Writes a setting.
  ///
  /// @return why it could not be; empty if it could
  static Optional<String> write(KernelSetting setting) {
    try {
      byte[] text = (setting.value() + "\n").getBytes(StandardCharsets.US_ASCII);
      Files.write(
          setting.path(), text, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
      return Optional.empty();
    } catch (IOException e) {
      // An interrupt that the kernel manages by itself answers with an input/output error.
      return Optional.of(words(e));
    }
  }

  /// Why a file of settings could not be read or written.
  static String words(IOException e) {
    return Failure.reason(e) + (e instanceof AccessDeniedException ? " (needs root)" : "");
  }
}
