package io.ringtap.record;

import java.io.IOException;

/// Is called, on the recorder's thread, when a recording comes to its end by itself.
public interface RecorderListener {
  /// Nothing more can be written. Called once; packets are counted as lost from here on, and
  /// [PacketRecorder#close] throws the same.
  void onFailure(IOException failure);

  /// The last file that the rotation wanted is full. Called once; packets are not written any more.
  default void onEnd() {}
}
