package io.ringtap.record;

import java.io.IOException;

/// Called, on the recorder's thread, when a recording ends by itself.
public interface RecorderListener {
  /// Called once if nothing more can be written. From now on packets are counted as lost, and
  /// [PacketRecorder#close] throws the same exception.
  void onFailure(IOException failure);

  /// Called once when the time of the last file is over by the clock, be there packets or not. What
  /// has arrived before is still written.
  default void onTimeUp() {}

  /// Called once when the last file of the rotation is full. Further packets are not written.
  default void onEnd() {}
}
