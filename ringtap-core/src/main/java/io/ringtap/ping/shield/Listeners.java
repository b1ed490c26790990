package io.ringtap.ping.shield;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds sockets of other processes that would notice if echo replies did not come, in the network
/// namespace of the thread that asks: raw ICMP sockets, and packet sockets that see the interface.
/// The kernel lists them in `/proc/net` (`raw`, `raw6` and `packet`), by their inodes.
final class Listeners {
  private static final Path NET = Path.of("/proc/thread-self/net");
  private static final Path OWN = Path.of("/proc/self/fd");

  // Fields of a line, from 0 on.
  private static final int RAW_LOCAL = 1; // ADDRESS:PROTOCOL
  private static final int RAW_INODE = 9;
  private static final int PACKET_PROTOCOL = 3;
  private static final int PACKET_INTERFACE = 4;
  private static final int PACKET_INODE = 8;

  private static final String ICMP = "0001";
  private static final String ICMPV6 = "003A";
  private static final Set<String> PROTOCOLS = Set.of("0003", "0800", "86dd"); // all, IPv4, IPv6

  private final String interfaceIndex;
  private Set<String> own = Set.of(); // inodes of this process, as far as they were needed

  Listeners(int interfaceIndex) {
    this.interfaceIndex = Integer.toString(interfaceIndex);
  }

  /// What there is, in words; null if nothing.
  @Nullable String find() throws IOException {
    for (String file : List.of("raw", "raw6")) {
      for (String[] socket : lines(file)) {
        boolean isIcmp = socket[RAW_LOCAL].endsWith(":" + (file.equals("raw") ? ICMP : ICMPV6));
        if (isIcmp && isForeign(socket[RAW_INODE])) {
          return "another process has a raw ICMP socket, which sees all replies";
        }
      }
    }
    for (String[] socket : lines("packet")) {
      boolean seesIt =
          socket[PACKET_INTERFACE].equals("0") || socket[PACKET_INTERFACE].equals(interfaceIndex);
      if (seesIt
          && PROTOCOLS.contains(socket[PACKET_PROTOCOL])
          && isForeign(socket[PACKET_INODE])) {
        return "another process captures packets there";
      }
    }
    return null;
  }

  /// The identifiers of ICMP datagram sockets.
  static List<Integer> datagramIdentifiers() throws IOException {
    List<Integer> identifiers = new ArrayList<>();
    for (String file : List.of("icmp", "icmp6")) {
      for (String[] socket : lines(file)) {
        String local = socket[RAW_LOCAL];
        identifiers.add(Integer.parseInt(local.substring(local.lastIndexOf(':') + 1), 16));
      }
    }
    return identifiers;
  }

  private boolean isForeign(String inode) throws IOException {
    if (!own.contains(inode)) {
      own = inodes(); // it may be new
    }
    return !own.contains(inode);
  }

  private static Set<String> inodes() throws IOException {
    Set<String> inodes = new HashSet<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(OWN)) {
      for (Path descriptor : descriptors) {
        try {
          String target = Files.readSymbolicLink(descriptor).toString();
          if (target.startsWith("socket:[")) {
            inodes.add(target.substring("socket:[".length(), target.length() - 1));
          }
        } catch (NoSuchFileException _) {
          // closed meanwhile
        }
      }
    }
    return inodes;
  }

  /// The lines of a table without its head, in fields; none if the kernel does not have it.
  private static List<String[]> lines(String file) throws IOException {
    try {
      return Files.readAllLines(NET.resolve(file)).stream()
          .skip(1)
          .map(line -> line.strip().split("\\s+", -1))
          .toList();
    } catch (NoSuchFileException _) {
      return List.of();
    }
  }
}
