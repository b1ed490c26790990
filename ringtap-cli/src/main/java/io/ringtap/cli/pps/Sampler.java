package io.ringtap.cli.pps;

import io.ringtap.cli.terminal.Times;
import io.ringtap.device.EthtoolSocket;
import io.ringtap.device.KernelFiles;
import io.ringtap.device.Link;
import io.ringtap.device.QueueCounters;
import io.ringtap.device.RtnetlinkSocket;
import io.ringtap.device.SoftnetCounters;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads all counters at once.
final class Sampler implements AutoCloseable {
  /// All counters at one moment.
  ///
  /// @param nanos the moment, on the monotonic clock
  /// @param epochNanos the moment, since the epoch
  /// @param entries the interfaces
  /// @param queues their queues' counters, by index; none where they are not wanted
  /// @param cpus the CPUs' counters; none where they are not wanted
  record Sample(
      long nanos,
      long epochNanos,
      List<RtnetlinkSocket.CountedLink> entries,
      Map<Integer, List<QueueCounters>> queues,
      List<SoftnetCounters> cpus) {}

  private final RtnetlinkSocket rtnetlink;
  private final EthtoolSocket ethtool;
  private final boolean hasQueues;
  private final boolean hasCpus;

  private Sampler(
      RtnetlinkSocket rtnetlink, EthtoolSocket ethtool, boolean hasQueues, boolean hasCpus) {
    this.rtnetlink = rtnetlink;
    this.ethtool = ethtool;
    this.hasQueues = hasQueues;
    this.hasCpus = hasCpus;
  }

  /// Opens the counters of the calling thread's network namespace.
  static Sampler open(boolean hasQueues, boolean hasCpus) throws IOException {
    RtnetlinkSocket rtnetlink = RtnetlinkSocket.open();
    try {
      return new Sampler(rtnetlink, EthtoolSocket.open(), hasQueues, hasCpus);
    } catch (IOException e) {
      rtnetlink.close();
      throw e;
    }
  }

  List<Link> links() throws IOException {
    return rtnetlink.links();
  }

  Sample sample() throws IOException {
    long nanos = System.nanoTime();
    long epochNanos = Times.epochNanos();
    List<RtnetlinkSocket.CountedLink> entries = rtnetlink.countedLinks();
    Map<Integer, List<QueueCounters>> queues = new HashMap<>();
    if (hasQueues) {
      for (RtnetlinkSocket.CountedLink entry : entries) {
        queues.put(entry.link().index(), ethtool.queueCounters(entry.link().name()));
      }
    }
    return new Sample(
        nanos,
        epochNanos,
        entries,
        queues,
        hasCpus ? SoftnetCounters.read(KernelFiles.RUNNING) : List.of());
  }

  @Override
  public void close() {
    rtnetlink.close();
    ethtool.close();
  }
}
