package io.ringtap.system;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureMode;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.PacketStream;
import io.ringtap.device.InterfaceMonitor;
import io.ringtap.device.RtnetlinkSocket;
import io.ringtap.ping.Pinger;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Opens things in a process that may hold few descriptors, with 0 left, then 1, and so on until
/// there are enough, and prints what is left open after an attempt that failed.
///
/// In a JVM of its own, under `prlimit --nofile=128`. Its last line says how many attempts failed
/// half-way; a line that begins with LEAK is a fault.
final class OutOfDescriptors {
  private static final int MOST_FREE = 40;

  private OutOfDescriptors() {}

  /// Opens something and closes it again.
  private interface Opener {
    void run() throws Exception;
  }

  private static Map<String, Opener> openers() {
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

  public static void main(String[] arguments) throws Exception {
    loadAllClasses();
    int failed = 0;
    for (Map.Entry<String, Opener> each : openers().entrySet()) {
      each.getValue().run(); // what is opened once is open
      List<String> before = OpenDescriptors.held();
      boolean isOpen = false;
      for (int free = 0; free < MOST_FREE && !isOpen; free++) {
        isOpen = opensWith(free, each.getKey(), each.getValue());
        failed += isOpen ? 0 : 1;
        OpenDescriptors.awaitNoMoreThan(before.size());
        List<String> after = OpenDescriptors.held();
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
