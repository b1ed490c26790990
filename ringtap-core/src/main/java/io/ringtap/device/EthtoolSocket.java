package io.ringtap.device;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.Ifreq;
import io.ringtap.linux.abi.ethtool.Ethtool;
import io.ringtap.linux.abi.ethtool.EthtoolChannels;
import io.ringtap.linux.abi.ethtool.EthtoolDrvinfo;
import io.ringtap.linux.abi.ethtool.EthtoolGfeatures;
import io.ringtap.linux.abi.ethtool.EthtoolGstrings;
import io.ringtap.linux.abi.ethtool.EthtoolRingparam;
import io.ringtap.linux.abi.ethtool.EthtoolRxfh;
import io.ringtap.linux.abi.ethtool.EthtoolSsetInfo;
import io.ringtap.linux.abi.ethtool.EthtoolStats;
import io.ringtap.linux.abi.ethtool.EthtoolTsInfo;
import io.ringtap.linux.abi.ethtool.HwtstampConfig;
import io.ringtap.linux.abi.socket.NetTstamp;
import io.ringtap.linux.abi.socket.SysSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Asks network drivers what `ethtool(8)` asks (`ioctl(SIOCETHTOOL)`): driver, queues, rings,
/// offloads, time stamps and the driver's own counters. The interfaces are those of the network
/// namespace of the thread that opened the socket. Any thread may use it.
///
/// Drivers do not answer everything. A result is empty if the driver does not answer, for whatever
/// reason, or if the interface does not exist.
public final class EthtoolSocket implements AutoCloseable {
  private static final int ALL_FILTER = 1 << HwtstampConfig.HWTSTAMP_FILTER_ALL;
  // The kernel writes as many strings and counters as there are now, which may be more than when it
  // was asked for their count: a driver adds some with each queue.
  private static final int SPARE = 4096;

  /// The driver of an interface.
  ///
  /// @param name such as `ixgbe` or `veth`
  /// @param version the driver's version, for most drivers that of the kernel; may be empty
  /// @param firmware the version of the device's firmware; may be empty
  /// @param bus the device's bus address, such as `0000:00:03.0`; may be empty
  public record Driver(String name, String version, String firmware, String bus) {}

  /// How many queues a device uses, and could use.
  ///
  /// @param rx queues that only receive
  /// @param tx queues that only transmit
  /// @param combined pairs of a receive and a transmit queue with one interrupt
  /// @param maxRx the most queues that only receive
  /// @param maxTx the most queues that only transmit
  /// @param maxCombined the most pairs
  public record Channels(int rx, int tx, int combined, int maxRx, int maxTx, int maxCombined) {
    /// All queues that receive, including those of pairs.
    public int receiving() {
      return rx + combined;
    }

    /// All queues that transmit, including those of pairs.
    public int transmitting() {
      return tx + combined;
    }
  }

  /// The sizes of the rings between a device and its driver, in packets.
  ///
  /// @param rx packets in each receive ring
  /// @param tx packets in each transmit ring
  /// @param maxRx the most packets of a receive ring
  /// @param maxTx the most packets of a transmit ring
  public record RingSizes(int rx, int tx, int maxRx, int maxTx) {}

  /// Which time stamps a device and its driver support.
  ///
  /// @param isSoftwareReceive whether the kernel stamps packets when it takes them from the driver
  /// @param isHardwareReceive whether the device stamps all packets when they arrive
  /// @param isSoftwareTransmit whether the driver stamps a packet when it passes it to the device
  /// @param isHardwareTransmit whether the device stamps a packet when it sends it
  /// @param clock the number of the device's clock, `/dev/ptpN`; -1 if it has none
  public record TimeStamping(
      boolean isSoftwareReceive,
      boolean isHardwareReceive,
      boolean isSoftwareTransmit,
      boolean isHardwareTransmit,
      int clock) {}

  /// How a device distributes flows over its receive queues (receive side scaling, RSS).
  ///
  /// @param function the hash function, such as `toeplitz`; empty if the driver does not report it
  /// @param keyBytes length of the hash key in bytes
  /// @param queues the indirection table: the queue for each value of the hash's lowest bits
  public record ReceiveHash(String function, int keyBytes, List<Integer> queues) {
    /// Copies the list.
    public ReceiveHash {
      queues = List.copyOf(queues);
    }
  }

  /// A counter of a driver, under the driver's own name.
  ///
  /// @param name such as `rx_dropped`
  /// @param value the count, 64 bits, unsigned
  public record Statistic(String name, long value) {}

  private final Socket socket;

  private EthtoolSocket(Socket socket) {
    this.socket = socket;
  }

  /// Opens a socket in the calling thread's namespace.
  ///
  /// @throws LinuxException `EMFILE` or `ENFILE` if there are no descriptors left
  public static EthtoolSocket open() throws LinuxException {
    // The family does not matter; every kernel with a network has this one.
    return new EthtoolSocket(
        Socket.open(SysSocket.AF_UNIX, SysSocket.SOCK_DGRAM, 0, "SIOCETHTOOL", ""));
  }

  /// The driver of an interface.
  public Optional<Driver> driver(String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = EthtoolDrvinfo.allocate(arena);
      return ask(arena, name, answer)
          ? Optional.of(
              new Driver(
                  EthtoolDrvinfo.driver(answer),
                  EthtoolDrvinfo.version(answer),
                  EthtoolDrvinfo.fwVersion(answer),
                  EthtoolDrvinfo.busInfo(answer)))
          : Optional.empty();
    }
  }

  /// How many queues an interface uses.
  public Optional<Channels> channels(String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = EthtoolChannels.allocate(arena);
      return ask(arena, name, answer)
          ? Optional.of(
              new Channels(
                  EthtoolChannels.rxCount(answer),
                  EthtoolChannels.txCount(answer),
                  EthtoolChannels.combinedCount(answer),
                  EthtoolChannels.maxRx(answer),
                  EthtoolChannels.maxTx(answer),
                  EthtoolChannels.maxCombined(answer)))
          : Optional.empty();
    }
  }

  /// The sizes of an interface's rings.
  public Optional<RingSizes> rings(String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = EthtoolRingparam.allocate(arena);
      return ask(arena, name, answer)
          ? Optional.of(
              new RingSizes(
                  EthtoolRingparam.rxPending(answer),
                  EthtoolRingparam.txPending(answer),
                  EthtoolRingparam.rxMaxPending(answer),
                  EthtoolRingparam.txMaxPending(answer)))
          : Optional.empty();
    }
  }

  /// Which time stamps an interface supports.
  public Optional<TimeStamping> timeStamping(String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = EthtoolTsInfo.allocate(arena);
      if (!ask(arena, name, answer)) {
        return Optional.empty();
      }
      int kinds = EthtoolTsInfo.soTimestamping(answer);
      boolean isRaw = (kinds & NetTstamp.SOF_TIMESTAMPING_RAW_HARDWARE) != 0;
      boolean isEveryPacket = (EthtoolTsInfo.rxFilters(answer) & ALL_FILTER) != 0;
      return Optional.of(
          new TimeStamping(
              (kinds & NetTstamp.SOF_TIMESTAMPING_RX_SOFTWARE) != 0,
              isRaw && isEveryPacket && (kinds & NetTstamp.SOF_TIMESTAMPING_RX_HARDWARE) != 0,
              (kinds & NetTstamp.SOF_TIMESTAMPING_TX_SOFTWARE) != 0,
              isRaw && (kinds & NetTstamp.SOF_TIMESTAMPING_TX_HARDWARE) != 0,
              EthtoolTsInfo.phcIndex(answer)));
    }
  }

  /// Which offloads of an interface are in use.
  public Optional<Offloads> offloads(String name) {
    try (Arena arena = Arena.ofConfined()) {
      List<String> features = strings(arena, name, Ethtool.ETH_SS_FEATURES);
      MemorySegment answer = EthtoolGfeatures.allocate(arena, features.size());
      if (features.isEmpty() || !ask(arena, name, answer)) {
        return Optional.empty();
      }
      Set<String> active = new HashSet<>();
      for (int i = 0; i < features.size(); i++) {
        if (EthtoolGfeatures.isActive(answer, i)) {
          active.add(features.get(i));
        }
      }
      return Optional.of(new Offloads(active));
    }
  }

  /// How an interface distributes flows over its receive queues.
  public Optional<ReceiveHash> receiveHash(String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment sizes = EthtoolRxfh.allocate(arena, 0, 0);
      if (!ask(arena, name, sizes)) {
        return Optional.empty();
      }
      int entries = EthtoolRxfh.indirSize(sizes);
      int keyBytes = EthtoolRxfh.keySize(sizes);
      MemorySegment answer = EthtoolRxfh.allocate(arena, entries, keyBytes);
      if (entries <= 0 || !ask(arena, name, answer)) {
        return Optional.empty();
      }
      List<Integer> queues = new ArrayList<>();
      for (int i = 0; i < entries; i++) {
        queues.add(EthtoolRxfh.queue(answer, i));
      }
      return Optional.of(new ReceiveHash(hashFunction(arena, name, answer), keyBytes, queues));
    }
  }

  private String hashFunction(Arena arena, String name, MemorySegment answer) {
    List<String> functions = strings(arena, name, Ethtool.ETH_SS_RSS_HASH_FUNCS);
    int used = Integer.numberOfTrailingZeros(EthtoolRxfh.hashFunctions(answer));
    return used < functions.size() ? functions.get(used) : "";
  }

  /// All counters of the driver; empty if it has none.
  public List<Statistic> statistics(String name) {
    try (Arena arena = Arena.ofConfined()) {
      List<String> names = strings(arena, name, Ethtool.ETH_SS_STATS);
      MemorySegment answer = EthtoolStats.allocate(arena, names.size(), SPARE);
      if (names.isEmpty() || !ask(arena, name, answer)) {
        return List.of();
      }
      // If the count has changed meanwhile, the counters do not belong to the names.
      if (EthtoolStats.nStats(answer) != names.size()) {
        return List.of();
      }
      List<Statistic> statistics = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        statistics.add(new Statistic(names.get(i), EthtoolStats.value(answer, i)));
      }
      return statistics;
    }
  }

  /// The driver's counters for single queues, receive queues first; empty if it has none, or none
  /// with a name that is known here.
  public List<QueueCounters> queueCounters(String name) {
    return QueueStatistics.of(statistics(name));
  }

  private List<String> strings(Arena arena, String name, int set) {
    MemorySegment info = EthtoolSsetInfo.allocate(arena, set);
    if (!ask(arena, name, info) || EthtoolSsetInfo.ssetMask(info) == 0) {
      return List.of();
    }
    int count = EthtoolSsetInfo.count(info);
    MemorySegment answer = EthtoolGstrings.allocate(arena, set, count, SPARE);
    if (!ask(arena, name, answer) || EthtoolGstrings.len(answer) != count) {
      return List.of();
    }
    List<String> strings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      strings.add(EthtoolGstrings.string(answer, i));
    }
    return strings;
  }

  private boolean ask(Arena arena, String name, MemorySegment request) {
    if (!Ifreq.isName(name)) {
      return false;
    }
    MemorySegment ifreq = Ifreq.allocate(arena, name, request);
    return Libc.ioctl(CallState.current(), socket.number(), Ethtool.SIOCETHTOOL, ifreq) >= 0;
  }

  @Override
  public void close() {
    socket.close();
  }
}
