package io.ringtap.ping;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("io.ringtap.RingDrop")
@Label("Ring Drop")
@Description("Packets of ours for which the receive ring had no room")
@Category({"Ringtap", "Pinger"})
@StackTrace(false)
final class RingDropEvent extends Event {
  @Label("Packets")
  long packets;

  static void emit(long packets) {
    RingDropEvent event = new RingDropEvent();
    event.packets = packets;
    event.commit();
  }
}
