package io.ringtap.ping;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("io.ringtap.Drained")
@Label("Drained")
@Description("Packets taken from the receive ring and the sockets in one pass")
@Category({"Ringtap", "Pinger"})
@StackTrace(false)
final class DrainedEvent extends Event {
  private static final DrainedEvent SWITCH = new DrainedEvent();

  @Label("Packets")
  int packets;

  /// An event that has begun, or null while nobody records: one branch, and no object.
  static @Nullable DrainedEvent started() {
    if (!SWITCH.isEnabled()) {
      return null;
    }
    DrainedEvent event = new DrainedEvent();
    event.begin();
    return event;
  }
}
