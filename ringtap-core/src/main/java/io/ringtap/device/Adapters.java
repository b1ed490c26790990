package io.ringtap.device;

import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.Ifreq;
import io.ringtap.linux.abi.NetTstamp;
import io.ringtap.linux.abi.SysSocket;
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
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the drivers of a network namespace's interfaces tell (`ioctl(SIOCETHTOOL)`, as `ethtool(8)`
/// asks): that namespace of the thread which opened this. Any thread may use it.
///
/// Drivers answer as much as they like. What one does not answer, for whatever reason, is absent,
/// as is everything of an interface that does not exist.
public final class Adapters implements AutoCloseable {
  private static final int ALL_FILTER = 1 << 1; // HWTSTAMP_FILTER_ALL
  // The kernel writes as many strings and counters as there are, and there may be more than when it
  // was asked for their count: a driver adds some with each queue.
  private static final int SPARE = 4096;

  private final Socket socket;

  private Adapters(Socket socket) {
    this.socket = socket;
  }

  /// Opens the adapters of the calling thread's namespace.
  ///
  /// @throws IOException (a LinuxException) if the process is out of descriptors
  public static Adapters open() throws IOException {
    // The family does not matter; every kernel with a network has this one.
    return new Adapters(
        Socket.open(
            SysSocket.AF_UNIX, SysSocket.SOCK_DGRAM, 0, "socket(AF_UNIX)", "SIOCETHTOOL", ""));
  }

  /// What drives the interface.
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

  /// How many queues the interface uses.
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

  /// How large its rings are.
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

  /// Which time stamps it can give.
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

  /// Which offloads are in use.
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

  /// How it spreads flows over its receive queues.
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

  /// All that the driver counts; empty if it counts nothing of its own.
  public List<Statistic> statistics(String name) {
    try (Arena arena = Arena.ofConfined()) {
      List<String> names = strings(arena, name, Ethtool.ETH_SS_STATS);
      MemorySegment answer = EthtoolStats.allocate(arena, names.size(), SPARE);
      if (names.isEmpty() || !ask(arena, name, answer)) {
        return List.of();
      }
      // Counted anew, it may be another number than there are names: then they do not belong.
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

  /// What the driver counts for single queues, those that receive first; empty if it does not, or
  /// under names that are not known here.
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
