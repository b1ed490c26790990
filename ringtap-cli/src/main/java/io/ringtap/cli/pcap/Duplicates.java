package io.ringtap.cli.pcap;

import io.ringtap.packet.Frame;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/// Which packets of a file equal one shortly before them. Of each packet of the window a digest is
/// kept, not its bytes.
final class Duplicates {
  /// What is compared: 128 bits of digest, and the length on the wire.
  private record Key(long high, long low, int origlen) {}

  private record Seen(Key key, long number, long epochNanos) {}

  private final int packets;
  private final long nanos;
  private final int skip;
  private final MessageDigest digest = digest();
  private final ArrayDeque<Seen> window = new ArrayDeque<>();
  private final Map<Key, Long> latest = new HashMap<>(); // the number of the last such packet

  /// @param packets how many packets before one are looked at
  /// @param nanos how far apart two equal packets may be
  /// @param skip bytes at the beginning that are not compared
  Duplicates(int packets, long nanos, int skip) {
    this.packets = packets;
    this.nanos = nanos;
    this.skip = skip;
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("MD5"); // chance is the only opponent
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  /// Whether an equal packet came before.
  ///
  /// @param number of the packet in its file
  boolean has(Frame packet, long number) {
    long now = packet.epochNanos();
    forgetBefore(number, now);
    Key key = key(packet);
    Long before = latest.put(key, number);
    window.add(new Seen(key, number, now));
    return before != null;
  }

  private void forgetBefore(long number, long now) {
    Seen oldest = window.peek();
    while (oldest != null
        && (number - oldest.number() > packets || isTooOld(oldest.epochNanos(), now))) {
      window.remove();
      latest.remove(oldest.key(), oldest.number());
      oldest = window.peek();
    }
  }

  private boolean isTooOld(long then, long now) {
    return nanos != Long.MAX_VALUE && now - then > nanos;
  }

  private Key key(Frame packet) {
    int from = Math.min(skip, packet.caplen());
    digest.update(
        packet.memory().asSlice(packet.offset() + from, packet.caplen() - from).asByteBuffer());
    byte[] sum = digest.digest();
    return new Key(word(sum, 0), word(sum, Long.BYTES), packet.origlen());
  }

  private static long word(byte[] bytes, int from) {
    long word = 0;
    for (int i = from; i < from + Long.BYTES; i++) {
      word = word << Byte.SIZE | Byte.toUnsignedLong(bytes[i]);
    }
    return word;
  }
}
