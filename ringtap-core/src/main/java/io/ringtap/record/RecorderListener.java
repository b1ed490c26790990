package io.ringtap.record;

import java.io.IOException;

/// Called, on the recorder's thread, when a recording ends by itself.
public interface RecorderListener {
  /// Called once if nothing more can be written. From now on packets are counted as lost, and
  /// [PacketRecorder#close] throws the same exception.
  void onFailure(IOException failure);

  /// Called once when the last file of the rotation is full. Further packets are not written.
  default void onEnd() {}
}
