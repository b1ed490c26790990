package io.ringtap.fleet.plan;

import java.io.IOException;

/// A record on the topic is of a version that this one does not understand, so it must not be
/// written over.
public final class LaterVersion extends IOException {
  private static final long serialVersionUID = 1;

  LaterVersion(String key, int schema) {
    super(
        "a later version wrote %s to the topic (schema %d): apply the file with that version"
            .formatted(key, schema));
  }
}
