import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.CRC32;

/// Makes an archive of classes for the runtime image that runs it (`-XX:SharedArchiveFile`), loaded and linked as in an AOT cache,
/// from the lists that training runs have left (`-XX:DumpLoadedClassList`). The same classes give the same archive,
/// byte for byte, which an AOT cache cannot be: that holds what the JVM has counted in one run.
///
///     java ClassArchive ARCHIVE LISTS JAVA FLAGS...
///
/// LISTS is a directory, all of whose files are read; JAVA and FLAGS are what the command is started with, by the same
/// runtime image.
public final class ClassArchive {
  /// Where a file of `java.base` of the JDK 25 has what is read here (`CDSFileMapHeaderBase`,
  // `CDSFileMapRegion`).
  private static final int HEADER_CRC = 4, HEADER_SIZE = 12, HEADER_CRC_FROM = 16;

  private static final int HEAP_REGION = 0x18 + 3 * 0x60, FILE_OFFSET = 0x18, USED = 0x28;

  private ClassArchive() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path archive = Path.of(arguments[0]);
    List<String> java = Arrays.asList(arguments).subList(2, arguments.length);
    Path list = Files.createTempFile(archive.toAbsolutePath().getParent(), "classes", ".list");
    try {
      Files.write(list, classList(Path.of(arguments[1])));
      List<String> command = new ArrayList<>(java);
      command.addAll(
          1,
          List.of(
              "-Xshare:dump",
              "-XX:+AOTClassLinking",
              "-XX:SharedClassListFile=" + list,
              "-XX:SharedArchiveFile=" + archive,
              "-Xmx128m")); // or it would be a part of the machine's memory, and stand in the
      // archive
      long before = System.nanoTime();
      Path output = Path.of(list + ".out");
      int code =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start()
              .waitFor();
      if (code != 0) {
        System.err.write(Files.readAllBytes(output));
        throw new IOException("the archive was not made: exit code " + code);
      }
      Files.delete(output);
      resetTimes(archive, before / 1_000_000, System.nanoTime() / 1_000_000);
    } finally {
      Files.delete(list);
    }
  }

  /// What the lists name, without what differs from run to run: the order, the numbers, and which
  /// constants of a class had been resolved, such as lambdas. All of those that can be are.
  private static List<String> classList(Path lists) throws IOException {
    TreeSet<String> classes = new TreeSet<>();
    TreeSet<String> linked = new TreeSet<>();
    TreeSet<String> invokers = new TreeSet<>();
    try (var files = Files.newDirectoryStream(lists)) {
      for (Path file : files) {
        for (String line : Files.readAllLines(file)) {
          if (line.startsWith("@cp ")) {
            linked.add(line.split(" ", 3)[1]);
          } else if (line.startsWith("@lambda-form-invoker ")) {
            invokers.add(line);
          } else if (!line.startsWith("#") && !line.startsWith("@")) {
            classes.add(line.replaceFirst(" id: \\d+$", ""));
          }
        }
      }
    }
    List<String> all = new ArrayList<>(classes);
    all.addAll(invokers);
    FileSystem image = FileSystems.getFileSystem(URI.create("jrt:/"));
    for (String each : linked) {
      all.add(constants(each, image));
    }
    return all;
  }

  private static String constants(String name, FileSystem image) throws IOException {
    Path packages =
        image.getPath("packages", name.substring(0, name.lastIndexOf('/')).replace('/', '.'));
    try (var modules = Files.newDirectoryStream(packages)) {
      for (Path module : modules) {
        Path file = image.getPath("modules", module.getFileName().toString(), name + ".class");
        if (Files.exists(file)) {
          StringBuilder line = new StringBuilder("@cp ").append(name);
          for (PoolEntry entry : ClassFile.of().parse(Files.readAllBytes(file)).constantPool()) {
            if (entry instanceof ClassEntry
                || entry instanceof MemberRefEntry
                || entry instanceof InvokeDynamicEntry) {
              line.append(' ').append(entry.index());
            }
          }
          return line.toString();
        }
      }
    }
    throw new IOException(name + " is not in " + image);
  }

  /// Soft references in the archive hold the time of their making, in milliseconds since the
  /// machine was started, and their class has that of the last collection: all that differs. They
  /// become zero, and the checksums are made to fit.
  private static void resetTimes(Path archive, long from, long to) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(archive)).order(ByteOrder.LITTLE_ENDIAN);
    int heap = Math.toIntExact(bytes.getLong(HEAP_REGION + FILE_OFFSET));
    int used = Math.toIntExact(bytes.getLong(HEAP_REGION + USED));
    int header = bytes.getInt(HEADER_SIZE);
    if (bytes.getInt(HEAP_REGION) != crc(bytes, heap, used)
        || bytes.getInt(HEADER_CRC) != crc(bytes, HEADER_CRC_FROM, header - HEADER_CRC_FROM)) {
      throw new IOException(archive + " is not laid out as by a JDK 25");
    }
    int clocks = 0;
    for (int place = heap; place <= heap + used - 8; place += 8) {
      long time = bytes.getLong(place);
      if (time >= from && time <= to) {
        clocks += isInReference(bytes, place) ? 0 : 1;
        bytes.putLong(place, 0);
      }
    }
    if (clocks != 1) {
      throw new IOException(archive + " has " + clocks + " numbers that may be the time");
    }
    bytes.putInt(HEAP_REGION, crc(bytes, heap, used));
    bytes.putInt(HEADER_CRC, crc(bytes, HEADER_CRC_FROM, header - HEADER_CRC_FROM));
    Files.write(archive, bytes.array());
  }

  /// Whether a soft reference has its time here: after the mark word; class, referent; queue, next;
  /// discovered, a gap.
  private static boolean isInReference(ByteBuffer bytes, int place) {
    return (bytes.getLong(place - 32) & 3) == 1
        && bytes.getInt(place - 12) == 0
        && bytes.getLong(place - 8) == 0;
  }

  private static int crc(ByteBuffer bytes, int offset, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes.array(), offset, length);
    return (int) crc.getValue();
  }
}
