package io.ringtap.ping.engine.probe;

import io.ringtap.packet.IpAddress;
import org.jspecify.annotations.Nullable;

/// The probes to one target, and how far the engine has come with them. Of the fields that change,
/// each belongs to one of the two threads.
public final class ProbeSeries implements Work {
  /// Hears what becomes of the probes of a series. All methods run on the receiving thread, must be
  /// quick and must not throw. `sequence` is a probe's number in its series, from 1; `epochNanos`
  /// is when the outcome was known, in nanoseconds since the epoch.
  ///
  /// Each probe that was [sent][#onSent] ends once, by [#onReply], [#onReplyFromElsewhere],
  /// [#onDamaged], [#onIcmpError], [#onTimeout], [#onDropped] or [#onWithdrawn], which may come
  /// first. What follows its end, and perhaps the end of the series, is a [late
  /// reply][#onLateReply], a [late error][#onLateError] or a [duplicate][#onDuplicate].
  public interface Listener {
    /// The kernel took a probe.
    void onSent();

    /// The kernel did not take a probe, which ends it.
    ///
    /// @param errno the error number of the send call
    void onNotSent(long sequence, int errno, long epochNanos);

    /// An intact reply from the target, in time.
    void onReply(Answer answer);

    /// An intact reply in time, from another address than the target's.
    void onReplyFromElsewhere(Answer answer);

    /// A reply in time that does not bring back what was sent; [Answer#verdict] says why.
    void onDamaged(Answer answer);

    /// A router or the target refused the probe, in time, with an ICMP error.
    void onIcmpError(Answer answer);

    /// Nothing came back in time.
    ///
    /// @param departed false if the probe should have been seen to leave, and was not
    void onTimeout(long sequence, boolean departed, long epochNanos);

    /// Nothing was read in time, and this machine may have dropped the answer.
    ///
    /// @param departed as of [#onTimeout]
    void onDropped(long sequence, boolean departed, long epochNanos);

    /// The probe was in flight when its series was withdrawn or the engine closed.
    void onWithdrawn(long sequence, long epochNanos);

    /// The first reply to a probe that had ended without one.
    void onLateReply(Answer answer);

    /// An ICMP error about a probe that had ended without a reply.
    void onLateError(Answer answer);

    /// An ICMP message about a probe that decides nothing: a redirect or a source quench.
    void onNotice(Answer answer);

    /// The first reply of one more member of the group that the target is.
    void onFurtherReply(Answer answer);

    /// One more reply to a probe that had one.
    void onDuplicate(Answer answer);

    /// The last probe of the series has ended.
    void onEnd();
  }

  private final ProbeTarget target;
  private final ProbeSchedule schedule;
  private final ProbeForm form;
  private final Listener listener;
  private final boolean isToGroup;
  private final boolean takesAnySource;
  private @Nullable GroupMembers members; // the receiving thread's

  // Set by the sending thread before the first probe.
  private int index;
  private long startedNanos;
  private @Nullable SeriesSource source;

  // The sending thread's.
  private long dueNanos;
  private long issued; // probes handed out so far
  private boolean isWaiting; // whether it is on the wheel, not in the queue of the ready
  private boolean isSealed; // whether it sends no more, and the receiver knows

  // The receiving thread's.
  private long adopted; // probes that the sender has handed over, sent or not
  private long decided; // those of them, and of the ones yet to be handed over, that have ended
  private int oldest = -1; // of the probes in flight, as the table links them
  private int newest = -1;
  private boolean isWhole; // whether the sender has handed over the last
  private boolean isAnswered;
  private boolean isEnded;

  /// A series that has not begun.
  public ProbeSeries(
      ProbeTarget target, ProbeSchedule schedule, ProbeForm form, Listener listener) {
    this.target = target;
    this.schedule = schedule;
    this.form = form;
    this.listener = listener;
    // Which addresses are broadcast addresses, the kernel's routes know: it may be one.
    isToGroup = target.isGroup() || form.mode().allowsBroadcast();
    takesAnySource = isToGroup || target.anySource() || target.address().isUnspecified();
  }

  public IpAddress target() {
    return target.address();
  }

  /// Whether many may answer, each from an address of its own, which is not the target's.
  boolean isToGroup() {
    return isToGroup;
  }

  /// Whether an intact reply counts from whatever address it comes.
  boolean takesAnySource() {
    return takesAnySource;
  }

  /// Receiving thread: who has answered.
  GroupMembers members() {
    GroupMembers found = members;
    if (found == null) {
      found = new GroupMembers();
      members = found;
    }
    return found;
  }

  public boolean isIpv6() {
    return target.address().isIpv6();
  }

  public int scopeId() {
    return target.scopeId();
  }

  public ProbeForm form() {
    return form;
  }

  /// From one probe to the next.
  public long intervalNanos() {
    return schedule.intervalNanos();
  }

  /// How long the probe with this number is waited for.
  public long timeoutNanos(long sequence) {
    return schedule.timeoutNanos(sequence);
  }

  public Listener listener() {
    return listener;
  }

  /// Its place in the registry.
  public int index() {
    return index;
  }

  public void index(int newIndex) {
    index = newIndex;
  }

  /// Whether it was drawn from this source.
  @SuppressWarnings("ReferenceEquality") // a source may be equal to another
  public boolean isFrom(SeriesSource other) {
    return source == other;
  }

  /// Sending thread: begins now.
  ///
  /// @param submittedNanos when it was asked for: the first probe's time goes by that, however long
  ///   it took to come here
  /// @param drawnFrom the source that it comes from, if any
  public void begin(long now, long submittedNanos, @Nullable SeriesSource drawnFrom) {
    startedNanos = now;
    source = drawnFrom;
    dueNanos = submittedNanos + schedule.startDelayNanos();
  }

  /// Monotonic time at which it began.
  long startedNanos() {
    return startedNanos;
  }

  /// Sending thread: takes the number of the next probe.
  public long issue() {
    return ++issued;
  }

  /// Whether a probe is the last. A series without end, whose count is 0, has none.
  public boolean isLast(long sequence) {
    return sequence == schedule.count();
  }

  /// Sending thread: when the next probe is due.
  public long dueNanos() {
    return dueNanos;
  }

  /// Sending thread: moves on to the time of the next probe. A time that was missed by more than an
  /// interval is left out, not made up for in a burst.
  public void advance(long now) {
    if (schedule.hasTries()) {
      dueNanos = now + schedule.timeoutNanos(issued);
      return;
    }
    long next = dueNanos + schedule.intervalNanos();
    dueNanos = next < now - schedule.intervalNanos() ? now : next;
  }

  public boolean isWaiting() {
    return isWaiting;
  }

  public void waiting(boolean waits) {
    isWaiting = waits;
  }

  public boolean isSealed() {
    return isSealed;
  }

  public void seal() {
    isSealed = true;
  }

  /// Receiving thread: of its probes in flight, the one that was taken notice of first; -1 if there
  /// is none.
  int oldestInFlight() {
    return oldest;
  }

  /// Receiving thread: puts a probe at the end of the list of those in flight.
  void addInFlight(ProbeTable table, int probe) {
    table.older(probe, newest);
    table.newer(probe, -1);
    if (newest < 0) {
      oldest = probe;
    } else {
      table.newer(newest, probe);
    }
    newest = probe;
  }

  /// Receiving thread: takes a probe off that list.
  void removeInFlight(ProbeTable table, int probe) {
    int older = table.older(probe);
    int newer = table.newer(probe);
    if (older < 0) {
      oldest = newer;
    } else {
      table.newer(older, newer);
    }
    if (newer < 0) {
      newest = older;
    } else {
      table.older(newer, older);
    }
  }

  /// Receiving thread: the sender has handed over a probe.
  void probeAdopted() {
    adopted++;
  }

  /// Receiving thread: the number of a probe of which the table keeps the low 32 bits. Far fewer
  /// than 2^31 probes lie between the one handed over last and any that the table still holds.
  long sequence(int low) {
    return sequence(adopted, low);
  }

  /// The number nearest to `near` that ends in these 32 bits.
  static long sequence(long near, int low) {
    return near + (low - (int) near);
  }

  /// Receiving thread: a probe has ended.
  void probeDecided() {
    decided++;
  }

  /// Receiving thread: a reply has come. True if it is the first and ends the series, which is to
  /// send no more.
  boolean isEndedByReply() {
    boolean isFirst = !isAnswered;
    isAnswered = true;
    return isFirst && schedule.hasTries();
  }

  /// Receiving thread: the sender has handed over the last probe.
  void allAdopted() {
    isWhole = true;
  }

  /// Receiving thread: whether this is the moment in which the last probe has ended. True once.
  boolean hasJustEnded() {
    if (isEnded || !isWhole || decided != adopted) {
      return false;
    }
    isEnded = true;
    return true;
  }

  /// Receiving thread: ends it although not all its probes have ended. False if it had ended.
  boolean abandon() {
    boolean hadEnded = isEnded;
    isEnded = true;
    return !hadEnded;
  }
}
