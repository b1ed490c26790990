package io.ringtap.capture;

import io.ringtap.device.InterfaceEvent;

/// Is called when something happens to the interfaces of a capture.
@FunctionalInterface
public interface CaptureListener {
  /// An interface went down or came up, was renamed or vanished. A capture goes on through the
  /// first three; when its last interface has vanished it ends. Called on one of the capture's
  /// threads.
  void onInterfaceEvent(InterfaceEvent event);
}
