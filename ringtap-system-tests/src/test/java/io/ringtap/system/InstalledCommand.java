package io.ringtap.system;

import io.ringtap.cli.Main;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.Configuration;
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
import java.util.Set;
import java.util.stream.Stream;

/// The command's modules where every user may read them, and how a JVM starts them: on the module
/// path and with AOT caches, as the launcher does it. Most of what a cold JVM does for a short run
/// is done before.
///
/// Made once for all tests of a JVM, which removes it when it ends.
public final class InstalledCommand {
  private static final String CLI = "io.ringtap.cli";
  private static final List<String> FLAGS =
      List.of(
          "-XX:+DisplayVMOutputToStderr",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "--enable-native-access=io.ringtap",
          "--illegal-native-access=deny",
          "-Xlog:disable",
          "-Xlog:all=warning:stderr");
  private static final InstalledCommand INSTALLED = install();

  private final Path directory;
  private final String modulePath;

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
    Path cache = INSTALLED.cache(subcommand);
    return INSTALLED.words(Files.exists(cache) ? List.of("-XX:AOTCache=" + cache) : List.of());
  }

  private Path cache(String subcommand) {
    return directory.resolve(subcommand.endsWith("ping") ? "ping.aot" : "capture.aot");
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
      var installed = new InstalledCommand(directory, String.join(File.pathSeparator, copies));
      // A cache is of jars only: without one where an editor runs the tests on folders of classes.
      if (copies.stream().allMatch(copy -> copy.endsWith(".jar"))) {
        installed.train();
      }
      return installed;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interruption) {
      throw new IllegalStateException(interruption);
    }
  }

  /// Those of the tests' class path that the command's module needs, and no others.
  private static List<Path> modules() {
    ModuleFinder[] finders =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(element -> ModuleFinder.of(Path.of(element)))
            .filter(InstalledCommand::isExplicit)
            .toArray(ModuleFinder[]::new);
    return Configuration.resolve(
            ModuleFinder.compose(finders),
            List.of(ModuleLayer.boot().configuration()),
            ModuleFinder.of(),
            Set.of(CLI))
        .modules()
        .stream()
        .map(ResolvedModule::reference)
        .map(module -> Path.of(module.location().orElseThrow()))
        .sorted()
        .toList();
  }

  private static boolean isExplicit(ModuleFinder finder) {
    return finder.findAll().stream().anyMatch(module -> !module.descriptor().isAutomatic());
  }

  private static void copy(Path source, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(source.relativize(file).toString()));
      }
    }
  }

  private void train() throws IOException, InterruptedException {
    Path packets = Files.write(directory.resolve("one.pcap"), onePacket());
    Process ping = training("ping", "-c", "2", "-i", "10ms", "127.0.0.1");
    Process capture = training("capture", "-r", packets.toString());
    ping.waitFor();
    capture.waitFor();
  }

  private Process training(String subcommand, String... arguments) throws IOException {
    List<String> words = words(List.of("-XX:AOTCacheOutput=" + cache(subcommand)));
    words.add(subcommand);
    words.addAll(List.of(arguments));
    return new ProcessBuilder(words)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
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
