package io.ringtap.packet;

import org.jspecify.annotations.Nullable;

/// An interface that frames come from: one of a live capture, or one that a savefile describes.
/// [Frame#interfaceId] is its index in the list of its source.
public interface FrameInterface {
  /// Its name, such as `eth0`; null if it is not known.
  @Nullable String name();

  /// The link type of its frames.
  LinkType linkType();
}
