package io.ringtap.ping;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("io.ringtap.BatchSent")
@Label("Batch Sent")
@Description("Echo requests that went to the kernel in one system call")
@Category({"Ringtap", "Pinger"})
@StackTrace(false)
final class BatchSentEvent extends Event {
  private static final BatchSentEvent SWITCH = new BatchSentEvent();

  @Label("Requests")
  int requests;

  @Label("IPv6")
  boolean ipv6;

  /// An event that has begun, or null while nobody records: one branch, and no object.
  static @Nullable BatchSentEvent started() {
    if (!SWITCH.isEnabled()) {
      return null;
    }
    BatchSentEvent event = new BatchSentEvent();
    event.begin();
    return event;
  }
}
