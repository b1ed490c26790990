package io.ringtap.savefile;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// When a run goes on to another file, and how many of its files it keeps. Size, age and count work
/// in any combination.
///
/// With a count, the run keeps the newest files that it made and deletes its own oldest before it
/// makes another. A file that it did not make is never overwritten and never deleted.
///
/// @param maxBytes the most bytes of a file, its end included and before compression; 0 for any
///   number. One packet is written however large it is
/// @param maxAge by the stamps of the packets, the most time from a file's beginning to a packet in
///   it; null for any time
/// @param maxFiles the most files of the run that are kept; 0 for any number
/// @param endAfterMaxFiles the run ends when it would need one more file, and none is deleted
public record Rotation(
    long maxBytes, @Nullable Duration maxAge, int maxFiles, boolean endAfterMaxFiles) {
  /// One file for all.
  public static final Rotation NONE = new Rotation(0, null, 0, false);

  /// Checks that the parts fit together.
  ///
  /// @throws IllegalArgumentException if they do not, with a line that says why
  public Rotation {
    if (maxBytes < 0) {
      throw new IllegalArgumentException("a file of at most " + maxBytes + " bytes cannot be");
    }
    if (maxAge != null && (maxAge.isNegative() || maxAge.isZero())) {
      throw new IllegalArgumentException("a file for at most " + maxAge + " cannot be");
    }
    if (maxFiles < 0) {
      throw new IllegalArgumentException("at most " + maxFiles + " files cannot be");
    }
    if (maxFiles > 0 && maxBytes == 0 && maxAge == null) {
      throw new IllegalArgumentException(
          "a number of files needs a size or an age at which the next one begins");
    }
    if (endAfterMaxFiles && maxFiles == 0) {
      throw new IllegalArgumentException("to end after a number of files needs that number");
    }
  }

  /// A new file before one would be longer than `maxBytes`; all files are kept.
  ///
  /// @throws IllegalArgumentException if it is not positive
  public static Rotation everyBytes(long maxBytes) {
    if (maxBytes <= 0) {
      throw new IllegalArgumentException("a file has at least one byte, not " + maxBytes);
    }
    return new Rotation(maxBytes, null, 0, false);
  }

  /// A new file for packets that come `maxAge` after a file's beginning; all files are kept.
  ///
  /// @throws IllegalArgumentException if it is not positive
  public static Rotation every(Duration maxAge) {
    return new Rotation(0, maxAge, 0, false);
  }

  /// This, with only the newest `maxFiles` of the run kept.
  public Rotation keep(int maxFiles) {
    return new Rotation(maxBytes, maxAge, maxFiles, false);
  }

  /// Whether there is only one file.
  public boolean isNone() {
    return maxBytes == 0 && maxAge == null;
  }

  long maxAgeNanos() {
    if (maxAge == null) {
      return Long.MAX_VALUE;
    }
    boolean fits = maxAge.toSeconds() < Long.MAX_VALUE / 1_000_000_000L;
    return fits ? maxAge.toNanos() : Long.MAX_VALUE;
  }
}
