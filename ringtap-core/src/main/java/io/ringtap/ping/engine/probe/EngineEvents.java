package io.ringtap.ping.engine.probe;

import io.ringtap.packet.IpAddress;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/// What the engine shows to the JDK's Flight Recorder. While no recording runs, each costs one
/// branch and makes no object.
///
/// The classes of the events are not touched before there is a recorder: to register them takes
/// some 80 ms, and so a good part of the time of a command that pings once.
public final class EngineEvents {
  private EngineEvents() {}

  /// An event that has begun, or null while no recording runs.
  public static @Nullable BatchSent batchSent() {
    return FlightRecorder.isInitialized() ? BatchSent.started() : null;
  }

  /// An event that has begun, or null while no recording runs.
  public static @Nullable Drained drained() {
    return FlightRecorder.isInitialized() ? Drained.started() : null;
  }

  /// Notes answers for which there was no room.
  public static void answerDrop(long packets) {
    if (FlightRecorder.isInitialized()) {
      AnswerDrop.emit(packets);
    }
  }

  static void lateReply(IpAddress target, long sequence, long rttNanos) {
    if (FlightRecorder.isInitialized()) {
      LateReply.emit(target, sequence, rttNanos);
    }
  }

  @Name("io.ringtap.BatchSent")
  @Label("Batch Sent")
  @Description("Echo requests that went to the kernel in one system call")
  @Category({"Ringtap", "Pinger"})
  @StackTrace(false)
  public static final class BatchSent extends Event {
    private static final BatchSent SWITCH = new BatchSent();

    @Label("Requests")
    public int requests;

    @Label("IPv6")
    public boolean ipv6;

    private static @Nullable BatchSent started() {
      if (!SWITCH.isEnabled()) {
        return null;
      }
      BatchSent event = new BatchSent();
      event.begin();
      return event;
    }
  }

  @Name("io.ringtap.Drained")
  @Label("Drained")
  @Description("Packets taken from the receive ring and the sockets in one pass")
  @Category({"Ringtap", "Pinger"})
  @StackTrace(false)
  public static final class Drained extends Event {
    private static final Drained SWITCH = new Drained();

    @Label("Packets")
    public int packets;

    private static @Nullable Drained started() {
      if (!SWITCH.isEnabled()) {
        return null;
      }
      Drained event = new Drained();
      event.begin();
      return event;
    }
  }

  @Name("io.ringtap.AnswerDrop")
  @Label("Answer Drop")
  @Description("Answers to this pinger for which its sockets or its tap had no room")
  @Category({"Ringtap", "Pinger"})
  @StackTrace(false)
  static final class AnswerDrop extends Event {
    @Label("Packets")
    long packets;

    private static void emit(long packets) {
      AnswerDrop event = new AnswerDrop();
      event.packets = packets;
      event.commit();
    }
  }

  @Name("io.ringtap.LateReply")
  @Label("Late Reply")
  @Description("A reply that came after its probe had timed out")
  @Category({"Ringtap", "Pinger"})
  @StackTrace(false)
  static final class LateReply extends Event {
    private static final LateReply SWITCH = new LateReply();

    @Label("Target")
    @Nullable String target;

    @Label("Sequence")
    long sequence;

    @Label("Round-trip Time")
    @Timespan(Timespan.NANOSECONDS)
    long rtt;

    private static void emit(IpAddress target, long sequence, long rttNanos) {
      if (!SWITCH.isEnabled()) {
        return;
      }
      LateReply event = new LateReply();
      event.target = target.toString();
      event.sequence = sequence;
      event.rtt = rttNanos;
      event.commit();
    }
  }
}
