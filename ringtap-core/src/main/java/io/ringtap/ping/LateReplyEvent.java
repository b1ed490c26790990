package io.ringtap.ping;

import io.ringtap.packet.IpAddress;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

@Name("io.ringtap.LateReply")
@Label("Late Reply")
@Description("A reply that came after its probe had timed out")
@Category({"Ringtap", "Pinger"})
@StackTrace(false)
final class LateReplyEvent extends Event {
  private static final LateReplyEvent SWITCH = new LateReplyEvent();

  @Label("Target")
  @Nullable String target;

  @Label("Sequence")
  int sequence;

  @Label("Round-trip Time")
  @Timespan(Timespan.NANOSECONDS)
  long rtt;

  static void emit(IpAddress target, int sequence, long rttNanos) {
    if (!SWITCH.isEnabled()) {
      return;
    }
    LateReplyEvent event = new LateReplyEvent();
    event.target = target.toString();
    event.sequence = sequence;
    event.rtt = rttNanos;
    event.commit();
  }
}
