package io.ringtap.filter.name;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The names that this machine knows: hosts by its resolver, all others by the tables in `/etc`.
/// Each table is read when the first name is sought in it, and once; one that cannot be read has no
/// names. Safe for use by several threads.
public enum SystemNames implements NameResolver {
  /// The only instance.
  INSTANCE;

  @Override
  public List<InetAddress> host(String name) {
    try {
      return List.of(InetAddress.getAllByName(name));
    } catch (UnknownHostException _) {
      return List.of();
    }
  }

  @Override
  public @Nullable InetAddress network(String name) {
    byte[] number = NameFiles.find(Networks.BY_NAME, name);
    if (number == null) {
      return null;
    }
    try {
      return InetAddress.getByAddress(number);
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }

  @Override
  public OptionalInt port(String name, String transport) {
    return optional(NameFiles.find(Services.BY_NAME, NameFiles.service(name, transport)));
  }

  @Override
  public OptionalInt protocol(String name) {
    Integer number = NameFiles.find(Protocols.BY_NAME, name);
    return optional(number != null ? number : NameFiles.find(Protocols.PROMISED, name));
  }

  @Override
  public OptionalLong ethernet(String name) {
    Long address = NameFiles.find(Ethers.BY_NAME, name);
    return address == null ? OptionalLong.empty() : OptionalLong.of(address);
  }

  private static OptionalInt optional(@Nullable Integer number) {
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private static List<String> lines(String file) {
    try {
      // Any bytes are Latin-1, so a name in another encoding spoils only its own line.
      return Files.readAllLines(Path.of(file), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return List.of();
    }
  }

  // A class of its own for each table: it is read when its class is first used.

  private static final class Services {
    static final Map<String, Integer> BY_NAME = NameFiles.services(lines("/etc/services"));
  }

  private static final class Protocols {
    static final Map<String, Integer> BY_NAME = NameFiles.protocols(lines("/etc/protocols"));

    /// What pcap-filter(7) names, for machines without the file.
    static final Map<String, Integer> PROMISED =
        Map.ofEntries(
            Map.entry("icmp", 1),
            Map.entry("igmp", 2),
            Map.entry("tcp", 6),
            Map.entry("igrp", 9),
            Map.entry("udp", 17),
            Map.entry("esp", 50),
            Map.entry("ah", 51),
            Map.entry("ipv6-icmp", 58),
            Map.entry("icmp6", 58),
            Map.entry("eigrp", 88),
            Map.entry("pim", 103),
            Map.entry("vrrp", 112),
            Map.entry("carp", 112),
            Map.entry("sctp", 132));
  }

  private static final class Networks {
    static final Map<String, byte[]> BY_NAME = NameFiles.networks(lines("/etc/networks"));
  }

  private static final class Ethers {
    static final Map<String, Long> BY_NAME = NameFiles.ethers(lines("/etc/ethers"));
  }
}
