package io.ringtap.ping.engine.probe;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.packet.IpAddress;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;

/// The probes in flight and those lately ended, 64 bytes each, off the heap.
///
/// A probe's index is its identity on the wire: the identifier's low bits and the sequence number.
/// The sender takes indices in a circle, so an index comes back as late as the table allows, and
/// until then an answer to its last probe is still known for what it is.
///
/// The sender writes an entry before its packet leaves; [State#IN_FLIGHT], stored with release,
/// hands the entry to the receiver, and an end with [#ADOPTED], stored with release, hands it back.
public final class ProbeTable {
  /// States of an entry, ordered so that all from [#REPLIED] on are ends.
  static final class State {
    static final int FREE = 0;
    static final int CLAIMED = 1; // by the sender, which is filling it in
    static final int IN_FLIGHT = 2;
    static final int REPLIED = 3; // also late, and also from elsewhere: what follows is a duplicate
    static final int UNANSWERED =
        4; // timed out, refused, damaged or withdrawn: a reply is a late one
    static final int UNSENT = 5;

    private State() {}
  }

  /// Set once the receiver has taken notice of the probe; only then may an ended entry be used
  /// again.
  static final int ADOPTED = 0x100;

  private static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("state"),
          JAVA_INT.withName("series"),
          JAVA_LONG.withName("targetHigh"),
          JAVA_LONG.withName("targetLow"),
          JAVA_LONG.withName("sentNanos"),
          JAVA_LONG.withName("departedNanos"),
          JAVA_INT.withName("tick"),
          JAVA_INT.withName("previous"),
          JAVA_INT.withName("next"),
          JAVA_INT.withName("sequence"),
          JAVA_LONG.withName("answerNanos"));

  public static final long BYTES = LAYOUT.byteSize();

  /// Where the twelve bytes of the expiry wheel lie in an entry.
  static final long WHEEL_LINKS = LAYOUT.byteOffset(groupElement("tick"));

  private static final VarHandle STATE = LAYOUT.varHandle(groupElement("state"));
  private static final long SERIES = LAYOUT.byteOffset(groupElement("series"));
  private static final long TARGET_HIGH = LAYOUT.byteOffset(groupElement("targetHigh"));
  private static final long TARGET_LOW = LAYOUT.byteOffset(groupElement("targetLow"));
  private static final long SENT = LAYOUT.byteOffset(groupElement("sentNanos"));
  private static final long DEPARTED = LAYOUT.byteOffset(groupElement("departedNanos"));
  private static final long SEQUENCE = LAYOUT.byteOffset(groupElement("sequence"));
  private static final long ANSWER = LAYOUT.byteOffset(groupElement("answerNanos"));

  // While a probe is in flight it has no answer, and stands in its series' list of such probes.
  private static final long OLDER = ANSWER;
  private static final long NEWER = ANSWER + Integer.BYTES;

  private final MemorySegment memory;
  private final int capacity;

  /// A table of `capacity` zeroed entries, a power of two.
  ///
  /// @param memory `capacity` times [#BYTES]
  public ProbeTable(MemorySegment memory, int capacity) {
    this.memory = memory;
    this.capacity = capacity;
  }

  /// The low half under which an IPv4 address stands in the table: that of its IPv4-mapped IPv6
  /// address (RFC 4291 §2.5.5.2), so that it never equals an IPv6 target.
  public static long ipv4(int address) {
    return 0xffff_0000_0000L | Integer.toUnsignedLong(address);
  }

  private static long low(IpAddress address) {
    return address.isIpv6() ? address.low() : ipv4((int) address.low());
  }

  MemorySegment memory() {
    return memory;
  }

  public int capacity() {
    return capacity;
  }

  /// Sender: takes an entry for a new probe, if none is under way there.
  public boolean claim(int probe) {
    int state = (int) STATE.getAcquire(memory, probe * BYTES);
    boolean free =
        state == State.FREE || ((state & ADOPTED) != 0 && (state & ~ADOPTED) >= State.REPLIED);
    return free && STATE.compareAndSet(memory, probe * BYTES, state, State.CLAIMED);
  }

  /// Sender: fills in a claimed entry and hands it to the receiver.
  public void put(int probe, int series, long sequence, IpAddress target, long sentNanos) {
    long entry = probe * BYTES;
    memory.set(JAVA_INT, entry + SERIES, series);
    memory.set(JAVA_LONG, entry + TARGET_HIGH, target.high());
    memory.set(JAVA_LONG, entry + TARGET_LOW, low(target));
    memory.set(JAVA_LONG, entry + SENT, sentNanos);
    memory.set(JAVA_LONG, entry + DEPARTED, 0L);
    memory.set(JAVA_INT, entry + SEQUENCE, (int) sequence);
    memory.set(JAVA_LONG, entry + ANSWER, 0L);
    STATE.setRelease(memory, entry, State.IN_FLIGHT);
  }

  /// Sender: the kernel refused the probe.
  public void putUnsent(int probe, int errno) {
    memory.set(JAVA_LONG, probe * BYTES + ANSWER, (long) errno);
    STATE.setRelease(memory, probe * BYTES, State.UNSENT);
  }

  /// The state with its [#ADOPTED] mark. Acquire: whoever sees a state sees the fields stored
  /// before it.
  int state(int probe) {
    return (int) STATE.getAcquire(memory, probe * BYTES);
  }

  /// Receiver: moves an entry on that is the receiver's: in flight, or not adopted yet. With a
  /// terminal state and the mark it becomes the sender's, so nothing of it may be read after this.
  void state(int probe, int state) {
    STATE.setRelease(memory, probe * BYTES, state);
  }

  /// Receiver: moves an ended entry on, or confirms it with `to` equal to `from`. False says that
  /// the sender has taken the entry meanwhile, and that what was read from it may be of two probes.
  boolean move(int probe, int from, int to) {
    return STATE.compareAndSet(memory, probe * BYTES, from, to);
  }

  /// Index of the series that the probe belongs to.
  int series(int probe) {
    return memory.get(JAVA_INT, probe * BYTES + SERIES);
  }

  /// The low 32 bits of the probe's number in its series, of which [ProbeSeries#sequence] makes the
  /// whole.
  int sequence(int probe) {
    return memory.get(JAVA_INT, probe * BYTES + SEQUENCE);
  }

  boolean isTo(int probe, long high, long low) {
    long entry = probe * BYTES;
    return memory.get(JAVA_LONG, entry + TARGET_LOW) == low
        && memory.get(JAVA_LONG, entry + TARGET_HIGH) == high;
  }

  /// Monotonic time just before the send call.
  public long sentNanos(int probe) {
    return memory.get(JAVA_LONG, probe * BYTES + SENT);
  }

  /// The kernel's departure stamp on the monotonic clock; 0 if the departure was not seen.
  public long departedNanos(int probe) {
    return memory.get(JAVA_LONG, probe * BYTES + DEPARTED);
  }

  public void departedNanos(int probe, long nanos) {
    memory.set(JAVA_LONG, probe * BYTES + DEPARTED, nanos);
  }

  /// Receiver: the probe of the same series that was taken notice of before this one, of those that
  /// are in flight; -1 if none is.
  int older(int probe) {
    return memory.get(JAVA_INT, probe * BYTES + OLDER);
  }

  void older(int probe, int other) {
    memory.set(JAVA_INT, probe * BYTES + OLDER, other);
  }

  /// Receiver: the one after it.
  int newer(int probe) {
    return memory.get(JAVA_INT, probe * BYTES + NEWER);
  }

  void newer(int probe, int other) {
    memory.set(JAVA_INT, probe * BYTES + NEWER, other);
  }

  /// When the latest answer arrived, in nanoseconds since the epoch, of a probe that has ended; the
  /// errno of an unsent one.
  long answerNanos(int probe) {
    return memory.get(JAVA_LONG, probe * BYTES + ANSWER);
  }

  void answerNanos(int probe, long nanos) {
    memory.set(JAVA_LONG, probe * BYTES + ANSWER, nanos);
  }
}
