package io.ringtap.ping.shield;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.ebpf.kernel.EbpfMap;
import io.ringtap.ebpf.kernel.MapDefinition;
import io.ringtap.ebpf.kernel.MapType;
import io.ringtap.error.LinuxException;
import io.ringtap.packet.IpAddress;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What the shield's two programs and this process share.
final class ShieldMaps implements AutoCloseable {
  /// For each ICMP identifier, whether a request with it has left this host: 0 or 1. An element
  /// each, as CPUs may set neighbors at the same time.
  static final String IDENTIFIERS = "identifiers";

  /// The addresses of the interface, IPv4's mapped into IPv6.
  static final String ADDRESSES = "addresses";

  /// Numbers [#UNTIL] and [#UNREADABLE].
  static final String STATE = "state";

  /// Until when replies are dropped, on the kernel's monotonic clock.
  static final int UNTIL = 0;

  /// Not 0 once a packet has left that could not be read.
  static final int UNREADABLE = 1;

  /// Numbers [#DROPPED] and [#PASSED], of each CPU.
  static final String COUNTS = "counts";

  /// Foreign replies that were dropped.
  static final int DROPPED = 0;

  /// Foreign replies that were not, as the shield was down.
  static final int PASSED = 1;

  /// The four bytes before an IPv4 address that is mapped into IPv6, as a number of this machine.
  static final int MAPPED =
      ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 0xffff_0000 : 0x0000_ffff;

  private static final long MAPPED_NETWORK = 0xffff_0000_0000L;
  private static final int ADDRESS_BYTES = 16;
  private static final int IDENTIFIER_COUNT = 1 << 16;
  private static final ValueLayout.OfLong NETWORK_LONG = JAVA_LONG.withOrder(ByteOrder.BIG_ENDIAN);

  private final Map<String, EbpfMap> maps = new HashMap<>();

  ShieldMaps(List<IpAddress> addresses) throws IOException {
    try {
      add(IDENTIFIERS, MapDefinition.array("shield_ids", Long.BYTES, IDENTIFIER_COUNT));
      add(STATE, MapDefinition.array("shield_state", Long.BYTES, 2));
      add(COUNTS, MapDefinition.perCpuArray("shield_counts", Long.BYTES, 2));
      add(
          ADDRESSES,
          new MapDefinition(
              "shield_addrs", MapType.HASH, ADDRESS_BYTES, Long.BYTES, addresses.size()));
      for (IpAddress address : addresses) {
        addAddress(address);
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void add(String name, MapDefinition definition) throws IOException {
    maps.put(name, EbpfMap.create(definition));
  }

  private EbpfMap map(String name) {
    return Objects.requireNonNull(maps.get(name));
  }

  private void addAddress(IpAddress address) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocate(ADDRESS_BYTES, Long.BYTES);
      key.set(NETWORK_LONG, 0, address.isIpv6() ? address.high() : 0);
      key.set(
          NETWORK_LONG,
          Long.BYTES,
          address.isIpv6() ? address.low() : MAPPED_NETWORK | address.low());
      map(ADDRESSES).update(key, arena.allocateFrom(JAVA_LONG, 1));
    }
  }

  /// The maps that a program uses.
  Map<String, EbpfMap> of(Collection<String> names) {
    Map<String, EbpfMap> some = new HashMap<>(maps);
    some.keySet().retainAll(names);
    return some;
  }

  /// Takes replies with an identifier for ones that this host waits for.
  void keep(int identifier) throws LinuxException {
    set(IDENTIFIERS, identifier, 1);
  }

  /// Lets the program drop until then.
  ///
  /// @param nanos on the monotonic clock; 0 for not at all
  void dropUntil(long nanos) throws LinuxException {
    set(STATE, UNTIL, nanos);
  }

  /// Whether a packet has left that could not be read.
  boolean hasUnreadable() throws LinuxException {
    return read(STATE, UNREADABLE).getFirst() != 0;
  }

  /// The sum over all CPUs.
  long count(int which) throws LinuxException {
    return read(COUNTS, which).stream().mapToLong(Long::longValue).sum();
  }

  private void set(String name, int element, long value) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      map(name).update(arena.allocateFrom(JAVA_INT, element), arena.allocateFrom(JAVA_LONG, value));
    }
  }

  private List<Long> read(String name, int element) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(map(name).valueBytes(), Long.BYTES);
      boolean _ = map(name).lookup(arena.allocateFrom(JAVA_INT, element), value);
      List<Long> values = new ArrayList<>();
      for (long at = 0; at < value.byteSize(); at += Long.BYTES) {
        values.add(value.get(JAVA_LONG, at));
      }
      return values;
    }
  }

  @Override
  public void close() {
    maps.values().forEach(EbpfMap::close);
  }
}
