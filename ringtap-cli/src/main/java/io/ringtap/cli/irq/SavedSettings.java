package io.ringtap.cli.irq;

import io.ringtap.device.KernelSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was there before the first spreading, in a file: a line for each setting, of path, value
/// and purpose with tabs between them.
final class SavedSettings {
  private static final String TITLE = "ringtap irq 1\t";

  /// A file that is not what it should be.
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  private final Path file;
  private final String interfaceName;

  SavedSettings(Path file, String interfaceName) {
    this.file = file;
    this.interfaceName = interfaceName;
  }

  boolean exist() {
    return Files.exists(file);
  }

  /// Keeps `settings`, except those of files that have been kept before: they were changed since.
  void keep(List<KernelSetting> settings) throws IOException, Malformed {
    Map<Path, KernelSetting> all = new LinkedHashMap<>();
    if (exist()) {
      read().forEach(setting -> all.put(setting.path(), setting));
    }
    settings.forEach(setting -> all.putIfAbsent(setting.path(), setting));
    StringBuilder text = new StringBuilder(TITLE).append(interfaceName).append('\n');
    for (KernelSetting setting : all.values()) {
      text.append(setting.path()).append('\t').append(setting.value()).append('\t');
      text.append(setting.purpose()).append('\n');
    }
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    // Whole or not at all, whenever the machine stops.
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(next, text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  List<KernelSetting> read() throws IOException, Malformed {
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.getFirst().equals(TITLE + interfaceName)) {
      throw new Malformed(file + " was not saved for " + interfaceName);
    }
    List<KernelSetting> settings = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      String[] words = lines.get(i).split("\t", -1);
      if (words.length != 3) {
        throw new Malformed(file + ", line " + (i + 1) + ": not a path, a value and a purpose");
      }
      settings.add(new KernelSetting(Path.of(words[0]), words[1], words[2]));
    }
    return settings;
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
