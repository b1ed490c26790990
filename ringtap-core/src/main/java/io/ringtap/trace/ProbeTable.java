package io.ringtap.trace;

/// The probes in flight. A probe's number is its place here and what it is known by on the wire;
/// numbers are taken in a circle. All probes are waited for equally long, so the oldest expires
/// first. One thread uses it.
final class ProbeTable {
  private static final int FIRST = 1; // IPv4's identification 0 would be replaced by the kernel
  private static final int NUMBERS = 65_534; // 0xffff as a checksum is the same as 0

  private final boolean[] inFlight = new boolean[NUMBERS + FIRST];
  private final int[] targets = new int[NUMBERS + FIRST];
  private final short[] hopLimits = new short[NUMBERS + FIRST];
  private final byte[] paths = new byte[NUMBERS + FIRST];
  private final int[] rounds = new int[NUMBERS + FIRST];
  private final long[] sent = new long[NUMBERS + FIRST];
  private final long[] departed = new long[NUMBERS + FIRST];
  private int oldest = FIRST;
  private int next = FIRST;
  private int queued; // from oldest to next, ended ones among them too

  private static int after(int number) {
    return number == NUMBERS ? FIRST : number + 1;
  }

  /// Whether there is nothing in flight, after [#forgetEnded].
  boolean isEmpty() {
    return queued == 0;
  }

  /// Whether there is no room until the oldest has ended.
  boolean isFull() {
    return queued == NUMBERS;
  }

  /// Takes a probe in.
  ///
  /// @param target index of its target
  /// @return its number
  int add(int target, int hopLimit, int path, int round, long sentNanos) {
    int number = next;
    inFlight[number] = true;
    targets[number] = target;
    hopLimits[number] = (short) hopLimit;
    paths[number] = (byte) path;
    rounds[number] = round;
    sent[number] = sentNanos;
    departed[number] = 0;
    next = after(number);
    queued++;
    return number;
  }

  /// Whether a number is that of a probe in flight.
  boolean isInFlight(int number) {
    return number >= FIRST && number <= NUMBERS && inFlight[number];
  }

  /// The probe has ended.
  void end(int number) {
    inFlight[number] = false;
  }

  /// The oldest probe in flight, of a table that is not empty.
  int oldest() {
    return oldest;
  }

  /// Gives the places of the oldest probes back that have ended.
  void forgetEnded() {
    while (queued > 0 && !inFlight[oldest]) {
      oldest = after(oldest);
      queued--;
    }
  }

  int target(int number) {
    return targets[number];
  }

  int hopLimit(int number) {
    return hopLimits[number];
  }

  int path(int number) {
    return paths[number];
  }

  int round(int number) {
    return rounds[number];
  }

  /// Monotonic time just before it was handed to the kernel.
  long sentNanos(int number) {
    return sent[number];
  }

  /// Monotonic time of the stamp of its departure; 0 if it has not been seen.
  long departedNanos(int number) {
    return departed[number];
  }

  /// Its departure has been seen.
  void departed(int number, long nanos) {
    if (departed[number] == 0) {
      departed[number] = nanos;
    }
  }
}
