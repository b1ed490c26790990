package io.ringtap.system;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureMode;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.PacketStream;
import io.ringtap.device.InterfaceMonitor;
import io.ringtap.device.RtnetlinkSocket;
import io.ringtap.linux.NetlinkSocket;
import io.ringtap.packet.LinkType;
import io.ringtap.ping.Pinger;
import io.ringtap.record.DirectFile;
import io.ringtap.record.PacketRecorder;
import io.ringtap.savefile.Rotation;
import io.ringtap.savefile.SavefileCompression;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileWriter;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.OpenDescriptors;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.host.VirtualHosts;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Opens things in a process that may hold few descriptors, with 0 left, then 1, and so on until
/// there are enough, and prints what is left open after an attempt that failed.
///
/// In a JVM of its own, under `prlimit --nofile=128`, with a directory for files. Its last line
/// says how many attempts failed half-way; a line that begins with LEAK is a fault.
final class OutOfDescriptors {
  private static final int MOST_FREE = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private OutOfDescriptors() {}

  /// Opens something and closes it again.
  private interface Opener {
    void run() throws Exception;
  }

  private static Map<String, Opener> openers(Path directory) {
    Map<String, Opener> openers = new LinkedHashMap<>();
    openers.put(
        "capture from a ring with two threads",
        () -> Capture.open(CaptureOptions.on("lo").withThreads(2).withBuffer(4 << 20)).close());
    openers.put(
        "capture by recv on any",
        () -> Capture.open(CaptureOptions.on("any").withMode(CaptureMode.RECV)).close());
    openers.put(
        "stream of packets",
        () -> PacketStream.open(CaptureOptions.on("lo").withMode(CaptureMode.RECV)).close());
    // Nobody sends such frames on the loopback, so nobody misses them.
    CaptureOptions byXdp =
        CaptureOptions.on("lo")
            .withMode(CaptureMode.XDP)
            .withBuffer(1 << 20)
            .withFilter("ether proto 0x88b5");
    openers.put("capture by XDP, watching", () -> Capture.open(byXdp).close());
    openers.put("capture by XDP, stealing", () -> Capture.open(byXdp.withStealing(true)).close());
    Path file = directory.resolve("x.pcapng");
    openers.put(
        "recorder",
        () -> {
          try (Capture capture = Capture.open(CaptureOptions.on("lo").withBuffer(4 << 20))) {
            PacketRecorder.record(capture, file, Rotation.NONE).close();
          }
        });
    openers.put(
        "recorder of rotated files",
        () -> {
          try (Capture capture = Capture.open(CaptureOptions.on("lo").withBuffer(4 << 20))) {
            Rotation rotation = Rotation.everyBytes(1 << 20);
            PacketRecorder.record(capture, file, rotation).close();
          }
        });
    openers.put(
        "writer of savefiles",
        () -> SavefileWriter.open(file, savefileOptions(SavefileCompression.NONE)).close());
    openers.put(
        "writer of packed savefiles",
        () -> SavefileWriter.open(file, savefileOptions(SavefileCompression.GZIP)).close());
    openers.put(
        "direct file",
        () -> DirectFile.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close());
    openers.put("netlink", () -> NetlinkSocket.open("test").close());
    openers.put("pinger", () -> Pinger.open().close());
    openers.put("rtnetlink", () -> RtnetlinkSocket.open().close());
    openers.put("monitor", () -> InterfaceMonitor.open().close());
    openers.put("namespace", () -> NetworkNamespace.create("few").close());
    openers.put(
        "virtual hosts",
        () -> {
          try (NetworkNamespace namespace = NetworkNamespace.create("few")) {
            VirtualHosts.start(namespace, "tun0", 1).close();
          }
        });
    return openers;
  }

  private static SavefileOptions savefileOptions(SavefileCompression compression) {
    return SavefileOptions.of(
            SavefileFormat.PCAPNG, List.of(SavefileInterface.of(LinkType.ETHERNET, 262_144)))
        .withCompression(compression);
  }

  /// What is held open, and the library's threads.
  private static List<String> held() throws IOException {
    List<String> held = new ArrayList<>(OpenDescriptors.held());
    Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("ringtap-"))
        .forEach(held::add);
    return held;
  }

  public static void main(String[] arguments) throws Exception {
    loadAllClasses();
    Path directory = Path.of(arguments[0]);
    int failed = 0;
    for (Map.Entry<String, Opener> each : openers(directory).entrySet()) {
      each.getValue().run(); // what is opened once is open
      List<String> before = held();
      boolean isOpen = false;
      for (int free = 0; free < MOST_FREE && !isOpen; free++) {
        isOpen = opensWith(free, each.getKey(), each.getValue());
        failed += isOpen ? 0 : 1;
        int allowed = before.size();
        boolean _ = Eventually.within(PATIENCE, () -> held().size() <= allowed);
        List<String> after = held();
        if (after.size() > before.size()) {
          IO.println(
              "LEAK %s, %d free: %s, before %s".formatted(each.getKey(), free, after, before));
          before = after;
        }
      }
      if (!isOpen) {
        IO.println("LEAK? %s never opens".formatted(each.getKey()));
      }
    }
    IO.println("failed half-way: " + failed);
  }

  private static boolean opensWith(int free, String name, Opener opener) {
    List<RandomAccessFile> fillers = new ArrayList<>();
    try {
      while (true) {
        fillers.add(new RandomAccessFile("/dev/null", "r"));
      }
    } catch (IOException _) {
      // none is left
    }
    try {
      for (int i = 0; i < free; i++) {
        fillers.removeLast().close();
      }
      opener.run();
      return true;
    } catch (IOException _) {
      return false;
    } catch (Exception | LinkageError e) {
      IO.println("LEAK? %s, %d free: %s".formatted(name, free, e));
      return false;
    } finally {
      fillers.forEach(OutOfDescriptors::close);
    }
  }

  private static void close(RandomAccessFile file) {
    try {
      file.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// A class that is first needed while there are no descriptors could not be read.
  private static void loadAllClasses() throws Exception {
    for (Class<?> anchor : List.of(Capture.class, NetworkNamespace.class)) {
      Path home = Path.of(anchor.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(home)) {
        loadBelow(home);
      } else {
        try (FileSystem jar =
            FileSystems.newFileSystem(URI.create("jar:" + home.toUri()), Map.of())) {
          loadBelow(jar.getPath("/"));
        }
      }
    }
  }

  private static void loadBelow(Path root) throws Exception {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = root.relativize(file).toString();
        if (name.endsWith(".class") && !name.endsWith("-info.class")) {
          Class.forName(name.substring(0, name.length() - 6).replace('/', '.'));
        }
      }
    }
  }
}
