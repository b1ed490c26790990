package io.ringtap.packet;

import org.jspecify.annotations.Nullable;

/// An interface that frames come from: one that is captured on, or one that a savefile describes.
/// [Frame#interfaceId] is its place in the list of its source.
public interface FrameInterface {
  /// Its name, such as `eth0`; null where it is not known.
  @Nullable String name();

  /// What its frames begin with.
  LinkType linkType();
}
