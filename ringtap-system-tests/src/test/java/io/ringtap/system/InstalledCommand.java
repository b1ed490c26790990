package io.ringtap.system;

import io.ringtap.cli.Main;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolvedModule;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The command's modules where every user may read them, and how a JVM starts them: on the module
/// path and with AOT caches, as the launcher does it. Most of what a cold JVM does for a short run
/// is done before: a cache, made when the first command that uses it is run, halves what each later
/// run costs.
///
/// Made once for all tests of a JVM, which removes it when it ends.
public final class InstalledCommand {
  /// What the JVM says on standard error when code calls the kernel that may not.
  static final String NATIVE_ACCESS = "WARNING: A restricted method ";

  private static final String CLI = "io.ringtap.cli";
  private static final String PACKETS = "one.pcap";

  /// The launcher's, and what makes a short run cheaper: neither is compiled again what the
  /// training had compiled, nor much else. Not `--illegal-native-access=deny`: no graph of modules
  /// and no linked classes are taken from a cache then, and a run costs twice as much. What the JVM
  /// says instead is [refused][#NATIVE_ACCESS] by whoever reads what a command has printed.
  private static final List<String> FLAGS =
      List.of(
          "-XX:+DisplayVMOutputToStderr",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0",
          "-XX:-AOTReplayTraining",
          "-XX:CompileThresholdScaling=3",
          "--enable-native-access=io.ringtap",
          "-Xlog:disable",
          "-Xlog:all=warning:stderr");

  private static final InstalledCommand INSTALLED = install();

  private static final String LOOPBACK = "127.0.0.1";

  private final Path directory;
  private final String modulePath;
  private final Map<String, List<String>> cacheFlags = new ConcurrentHashMap<>(); // by teacher

  private InstalledCommand(Path directory, String modulePath) {
    this.directory = directory;
    this.modulePath = modulePath;
  }

  /// Where the modules are; it stands in the command line of every process of this command.
  public static Path directory() {
    return INSTALLED.directory;
  }

  /// What comes before the command's arguments.
  ///
  /// @param subcommand the first of these arguments, or anything else
  public static List<String> java(String subcommand) {
    return INSTALLED.words(
        INSTALLED.cacheFlags.computeIfAbsent(teacher(subcommand), INSTALLED::train));
  }

  private List<String> words(List<String> flags) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(flags);
    words.addAll(FLAGS);
    words.addAll(List.of("-p", modulePath, "-m", CLI + "/" + Main.class.getName()));
    return words;
  }

  private static InstalledCommand install() {
    try {
      Path directory = Files.createTempDirectory("ringtap-installed");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(directory)));
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
      List<String> copies = new ArrayList<>();
      for (Path module : modules()) {
        Path copy = directory.resolve(copies.size() + "-" + module.getFileName());
        copy(module, copy);
        copies.add(copy.toString());
      }
      Files.write(directory.resolve(PACKETS), onePacket());
      return new InstalledCommand(directory, String.join(File.pathSeparator, copies));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The command's jar and the jars that the build has put beside it for the launcher; where only
  /// classes were built, those modules of the tests' class path that the command's module needs.
  private static List<Path> modules() throws IOException {
    ModuleFinder[] finders =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(element -> ModuleFinder.of(Path.of(element)))
            .filter(InstalledCommand::isExplicit)
            .toArray(ModuleFinder[]::new);
    Configuration needed =
        Configuration.resolve(
            ModuleFinder.compose(finders),
            List.of(ModuleLayer.boot().configuration()),
            ModuleFinder.of(),
            Set.of(CLI));
    Path command = location(needed.findModule(CLI).orElseThrow());
    Path libraries = command.resolveSibling("dist").resolve("lib");
    if (!Files.isDirectory(libraries)) {
      return needed.modules().stream().map(InstalledCommand::location).sorted().toList();
    }
    try (Stream<Path> jars = Files.list(libraries)) {
      return Stream.concat(Stream.of(command), jars.sorted()).toList();
    }
  }

  private static Path location(ResolvedModule module) {
    return Path.of(module.reference().location().orElseThrow());
  }

  private static boolean isExplicit(ModuleFinder finder) {
    try {
      return finder.findAll().stream().anyMatch(module -> !module.descriptor().isAutomatic());
    } catch (FindException e) {
      return false; // the broker's jar has a name that no module may have
    }
  }

  private static void copy(Path source, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(source.relativize(file).toString()));
      }
    }
  }

  /// The command whose cache another one uses too: to make a cache costs as much as twenty runs
  /// save that have one of their own instead of this.
  private static String teacher(String subcommand) {
    return switch (subcommand) {
      case "ping", "as-ping", "fping", "sweep", "trace" -> "ping";
      default -> "capture";
    };
  }

  /// What a command does while its cache is made.
  private List<String> lesson(String subcommand) {
    return subcommand.equals("ping")
        ? List.of("-c", "2", "-i", "10ms", LOOPBACK)
        : List.of("-r", directory.resolve(PACKETS).toString());
  }

  /// Makes the cache of a command, and returns the flag that has the JVM use it. A cache is of jars
  /// only: an editor that runs the tests on folders of classes has none.
  private List<String> train(String subcommand) {
    if (!Stream.of(modulePath.split(File.pathSeparator, -1)).allMatch(it -> it.endsWith(".jar"))) {
      return List.of();
    }
    Path cache = directory.resolve(subcommand + ".aot");
    List<String> words = words(List.of("-XX:AOTCacheOutput=" + cache));
    words.add(subcommand);
    words.addAll(lesson(subcommand));
    try {
      new ProcessBuilder(words)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interruption) {
      throw new IllegalStateException(interruption);
    }
    return Files.exists(cache) ? List.of("-XX:AOTCache=" + cache) : List.of();
  }

  /// A pcap file of one frame of zeros.
  private static byte[] onePacket() {
    int length = 60;
    return ByteBuffer.allocate(24 + 16 + length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0xa1b2c3d4)
        .putShort((short) 2)
        .putShort((short) 4)
        .putLong(0)
        .putInt(65_535)
        .putInt(1)
        .putLong(0)
        .putInt(length)
        .putInt(length)
        .array();
  }

  private static void remove(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException failure) {
      System.err.println("cannot remove " + directory + ": " + failure);
    }
  }
}
