package io.ringtap.fleet.reader;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/// Up to where a fleet's topics have been read, and what has to be known of what came before. It is
/// kept as marks of the history, so that it is always about what is in that.
///
/// @param positions up to where topics have been read
/// @param sequences which records have been read
/// @param claims which agents have said that states are open
/// @param front the start of the newest windows that were written in time, in seconds since the
///   epoch; 0 if there are none
record Progress(Positions positions, Sequences sequences, Claims claims, long front) {
  private static final String POSITIONS = "positions";
  private static final String SEQUENCES = "sequences";
  private static final String CLAIMS = "claims";
  private static final String FRONT = "front";

  /// Of the marks of a history, which may have none.
  ///
  /// @throws IOException if they are of another version
  static Progress read(Map<String, byte[]> marks) throws IOException {
    byte[] positions = marks.get(POSITIONS);
    byte[] sequences = marks.get(SEQUENCES);
    byte[] claims = marks.get(CLAIMS);
    byte[] front = marks.get(FRONT);
    return new Progress(
        positions == null ? new Positions(Map.of()) : Positions.read(positions),
        sequences == null ? new Sequences() : Sequences.read(sequences),
        claims == null ? new Claims() : Claims.read(claims),
        front == null ? 0 : ByteBuffer.wrap(front).getLong());
  }

  /// Whether nothing has been read yet.
  boolean isNone() {
    return positions.topics().isEmpty();
  }

  /// As marks.
  Map<String, byte[]> marks() {
    return Map.of(
        POSITIONS,
        positions.bytes(),
        SEQUENCES,
        sequences.bytes(),
        CLAIMS,
        claims.bytes(),
        FRONT,
        ByteBuffer.allocate(Long.BYTES).putLong(front).array());
  }
}
