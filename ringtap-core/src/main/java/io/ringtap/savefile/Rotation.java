package io.ringtap.savefile;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// When a run begins another file, and how many of its files it keeps. Size, age, packets and count
/// can be combined.
///
/// With a count, the run keeps its newest files and deletes its own oldest before it creates
/// another. A file that the run did not create is never overwritten or deleted.
///
/// @param maxBytes the most bytes of a file before compression, including what is written at its
///   end; 0 for no limit. A file always holds at least one packet
/// @param maxAge the longest time from a file's beginning to a packet in it, by the stamps of the
///   packets; null for no limit
/// @param maxFiles the most files of the run that are kept; 0 for no limit
/// @param endAfterMaxFiles whether the run ends when it would need one more file, instead of
///   deleting one
/// @param maxPackets the most packets of a file; 0 for no limit
public record Rotation(
    long maxBytes,
    @Nullable Duration maxAge,
    int maxFiles,
    boolean endAfterMaxFiles,
    long maxPackets) {
  /// One file for all packets.
  public static final Rotation NONE = new Rotation(0, null, 0, false);

  /// With any number of packets in a file.
  public Rotation(
      long maxBytes, @Nullable Duration maxAge, int maxFiles, boolean endAfterMaxFiles) {
    this(maxBytes, maxAge, maxFiles, endAfterMaxFiles, 0);
  }

  /// Checks that the parts are consistent.
  ///
  /// @throws IllegalArgumentException if they are not; the message says why
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
    if (maxPackets < 0) {
      throw new IllegalArgumentException("a file of at most " + maxPackets + " packets cannot be");
    }
    if (maxFiles > 0 && maxBytes == 0 && maxAge == null && maxPackets == 0) {
      throw new IllegalArgumentException(
          "a number of files needs a size or an age at which the next one begins");
    }
    if (endAfterMaxFiles && maxFiles == 0) {
      throw new IllegalArgumentException("ending after a number of files needs that number");
    }
  }

  /// Begins a new file before one would exceed `maxBytes`; all files are kept.
  ///
  /// @throws IllegalArgumentException if it is not positive
  public static Rotation everyBytes(long maxBytes) {
    if (maxBytes <= 0) {
      throw new IllegalArgumentException("a file has at least one byte, not " + maxBytes);
    }
    return new Rotation(maxBytes, null, 0, false);
  }

  /// Begins a new file for packets that arrive `maxAge` or more after a file's beginning; all files
  /// are kept.
  ///
  /// @throws IllegalArgumentException if it is not positive
  public static Rotation every(Duration maxAge) {
    return new Rotation(0, maxAge, 0, false);
  }

  /// Begins a new file after so many packets; all files are kept.
  ///
  /// @throws IllegalArgumentException if it is not positive
  public static Rotation everyPackets(long maxPackets) {
    if (maxPackets <= 0) {
      throw new IllegalArgumentException("a file has at least one packet, not " + maxPackets);
    }
    return new Rotation(0, null, 0, false, maxPackets);
  }

  /// The same rotation, keeping only the newest `maxFiles` of the run.
  public Rotation keep(int maxFiles) {
    return new Rotation(maxBytes, maxAge, maxFiles, false, maxPackets);
  }

  /// Whether there is only one file.
  public boolean isNone() {
    return maxBytes == 0 && maxAge == null && maxPackets == 0;
  }

  long maxAgeNanos() {
    if (maxAge == null) {
      return Long.MAX_VALUE;
    }
    boolean fits = maxAge.toSeconds() < Long.MAX_VALUE / 1_000_000_000L;
    return fits ? maxAge.toNanos() : Long.MAX_VALUE;
  }
}
