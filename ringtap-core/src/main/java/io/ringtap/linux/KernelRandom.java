package io.ringtap.linux;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/// Numbers from the kernel's own generator (random(4)), which nobody can foretell: for the few keys
/// and identifiers that a run draws when it begins. [java.security.SecureRandom] has them from
/// there too, but looks for its provider first, a good part of a short start. Each draw opens the
/// device, so it is not for hot paths. Safe for any thread.
public final class KernelRandom implements RandomGenerator {
  private static final String DEVICE = "/dev/urandom";

  /// A generator; all are the same.
  public KernelRandom() {}

  /// The next eight bytes.
  ///
  /// @throws UncheckedIOException if the device cannot be opened or read
  @Override
  public long nextLong() {
    try (FileInputStream device = new FileInputStream(DEVICE)) {
      return ByteBuffer.wrap(device.readNBytes(Long.BYTES)).getLong();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + DEVICE, e);
    }
  }
}
