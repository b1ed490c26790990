package io.ringtap.ping.shield;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
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

  private static final List<String> FILES = List.of("raw", "raw6", "packet");
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final String ICMP = "0001";
  private static final String ICMPV6 = "003A";
  private static final Set<String> PROTOCOLS = Set.of("0003", "0800", "86dd"); // all, IPv4, IPv6

  private final String interfaceIndex;
  private final Map<String, byte[]> seen = new HashMap<>(); // tables as they were the last time
  private Set<String> own = Set.of(); // inodes of this process, as far as they were needed
  private @Nullable String found; // the last time

  Listeners(int interfaceIndex) {
    this.interfaceIndex = Integer.toString(interfaceIndex);
  }

  /// What there is, in words; null if nothing.
  @Nullable String find() throws IOException {
    boolean isNew = false;
    for (String file : FILES) {
      byte[] table = table(file);
      isNew |= !Arrays.equals(table, seen.put(file, table));
    }
    if (isNew) { // most often nothing has changed
      found = findAgain();
    }
    return found;
  }

  private @Nullable String findAgain() throws IOException {
    if (hasRaw("raw", ICMP) || hasRaw("raw6", ICMPV6)) {
      return "another process has a raw ICMP socket, which sees all replies";
    }
    for (String[] socket : lines(seen("packet"))) {
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

  private boolean hasRaw(String file, String protocol) throws IOException {
    for (String[] socket : lines(seen(file))) {
      if (socket[RAW_LOCAL].endsWith(":" + protocol) && isForeign(socket[RAW_INODE])) {
        return true;
      }
    }
    return false;
  }

  /// The identifiers of ICMP datagram sockets.
  static List<Integer> datagramIdentifiers() throws IOException {
    List<Integer> identifiers = new ArrayList<>();
    for (String file : List.of("icmp", "icmp6")) {
      for (String[] socket : lines(table(file))) {
        String local = socket[RAW_LOCAL];
        identifiers.add(Integer.parseInt(local.substring(local.lastIndexOf(':') + 1), 16));
      }
    }
    return identifiers;
  }

  private byte[] seen(String file) {
    return Objects.requireNonNull(seen.get(file));
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
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return inodes;
  }

  /// A table of the kernel's; nothing if it does not have it.
  private static byte[] table(String file) throws IOException {
    try {
      return Files.readAllBytes(NET.resolve(file));
    } catch (NoSuchFileException _) {
      return new byte[0];
    }
  }

  /// The lines of a table without its head, in fields.
  private static List<String[]> lines(byte[] table) {
    return new String(table, StandardCharsets.US_ASCII)
        .lines()
        .skip(1)
        .map(line -> BLANKS.split(line.strip(), -1))
        .toList();
  }
}
