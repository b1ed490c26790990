package io.ringtap.ping.engine.socket;

import io.ringtap.error.LinuxException;
import io.ringtap.ping.engine.probe.ProbeForm;
import io.ringtap.ping.engine.probe.ProbeJudge;
import io.ringtap.socket.PollSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sockets of a pinger: where its requests go out and its answers come in.
public sealed interface EchoSockets extends AutoCloseable
    permits RawEchoSockets, TapEchoSockets, DatagramEchoSockets {
  /// Probes that may wait for the receiver to take notice of them. The rings and buffers hold more
  /// departures and replies, so while it keeps up this far nothing of ours is dropped there.
  int MOST_BACKLOG = 4096;

  /// From the stamp of an arriving packet to its place in a socket's queue the kernel may take as
  /// long as its own threads wait for the processor.
  long DELIVERY_NANOS = 10_000_000;

  /// Whether a send call may report an ICMP error for an earlier probe in place of sending.
  boolean mayReportEarlierErrors();

  /// Probes that the identifiers of these sockets distinguish.
  int maxProbes();

  /// How long after its stamp a packet may still be on its way to [#drain], in nanoseconds.
  long deliveryNanos();

  /// The batch for requests of a family; null if the system does not have it. For the sending
  /// thread.
  @Nullable SendBatch batch(boolean ipv6);

  /// All batches, for flushing. For the sending thread.
  List<SendBatch> batches();

  /// Lets a batch go on through another socket, because the one that it had has been without room
  /// for long. For the sending thread.
  void relieve(SendBatch batch);

  /// Whether requests may be ICMP timestamp requests.
  boolean sendsTimestampRequests();

  /// Forgets what the kernel has noted about a send that it refused, if it has, so that waiting for
  /// room does not end at once for it. For the sending thread.
  void refused(SendBatch batch);

  /// Prepares for replies to a request of this form. For the sending thread, before it sends such a
  /// request; more than once is harmless.
  ///
  /// @throws LinuxException if the kernel refuses
  void expectReplies(ProbeForm form) throws LinuxException;

  /// Adds the descriptors that become readable. For the receiving thread.
  void watch(PollSet descriptors);

  /// Shows `judge` every packet that has arrived. For the receiving thread.
  ///
  /// @return packets shown
  int drain(ProbeJudge judge);

  /// Up to when the last [#drain] was complete: no packet with an earlier stamp will be shown. For
  /// the receiving thread.
  ///
  /// @param before the time just before that call
  /// @param shown the time of the youngest packet shown
  long completeUntil(long before, long shown);

  /// The least of the receive buffers, in bytes as the kernel counts them. Any thread may ask.
  int bufferBytes();

  /// Answers to us that were lost for want of room, so far. For the receiving thread.
  long answersDropped();

  /// Departures that were not shown for want of room, so far. For the receiving thread.
  long departuresDropped();

  /// Closes what was opened, the last first.
  static void closeAll(List<AutoCloseable> resources) {
    for (AutoCloseable resource : resources.reversed()) {
      try {
        resource.close();
      } catch (Exception e) {
        throw new AssertionError("sockets, mappings and descriptors close without an exception", e);
      }
    }
  }

  /// Closes all sockets. No other thread may be using them.
  @Override
  void close();
}
