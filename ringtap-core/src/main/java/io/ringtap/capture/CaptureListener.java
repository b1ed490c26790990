package io.ringtap.capture;

import io.ringtap.device.InterfaceEvent;

/// Called when an interface of a capture changes.
@FunctionalInterface
public interface CaptureListener {
  /// An interface went down or came up, was renamed or vanished. The capture survives the first
  /// three; it ends when its last interface has vanished. Called on one of the capture's threads.
  void onInterfaceEvent(InterfaceEvent event);
}
