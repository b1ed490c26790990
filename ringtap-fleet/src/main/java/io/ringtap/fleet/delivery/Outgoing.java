package io.ringtap.fleet.delivery;

import org.jspecify.annotations.Nullable;

/// One record on its way, as Kafka gets it. The thread of the delivery owns it; the producer's
/// thread says what has become of it.
final class Outgoing {
  /// How things stand with the producer.
  enum State {
    /// It does not have it, or has given it up.
    WAITING,
    SENT,
    /// It is in the topic.
    ACKNOWLEDGED,
    /// It can never be: it is too large, or not what the topic takes.
    REFUSED
  }

  final String topic;
  final byte[] key;
  final byte[] value;

  /// The numbers that it stands for: one, or those that a gap says are lost.
  final long first;

  final long last;
  final boolean isGap;

  /// Where it is kept until it is in the topic; null if only in memory.
  @Nullable SpoolSegment segment;

  /// When it became one of those that have yet to be acknowledged, by [System#nanoTime].
  long sinceNanos;

  volatile State state = State.WAITING;

  /// A result.
  Outgoing(String topic, byte[] key, byte[] value, long number) {
    this(topic, key, value, number, number, false);
  }

  Outgoing(String topic, byte[] key, byte[] value, long first, long last, boolean isGap) {
    this.topic = topic;
    this.key = key;
    this.value = value;
    this.first = first;
    this.last = last;
    this.isGap = isGap;
  }

  /// How many results it is: none if it is a gap, which only tells of results.
  int results() {
    return isGap ? 0 : 1;
  }

  /// About how much room it takes, in bytes.
  int bytes() {
    return key.length + value.length;
  }
}
