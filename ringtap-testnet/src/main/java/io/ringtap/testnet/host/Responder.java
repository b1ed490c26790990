package io.ringtap.testnet.host;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.EventFd;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.PollFd;
import io.ringtap.linux.abi.Timespec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The thread of [VirtualHosts]: reads requests, decides what happens to them, and writes the
/// answers that are due. With a behaviour without randomness, a request costs one read, one write
/// and no object.
final class Responder implements AutoCloseable {
  private static final int BATCH = 64;

  private final TunDevice tun;
  private final EventFd wakeUp;
  private final long seed;
  private final String subject; // built once, because the loop needs it for every call
  private final Arena arena = Arena.ofShared();
  private final MemorySegment callState = CallState.allocate(arena);
  private final MemorySegment polled =
      arena.allocate(MemoryLayout.sequenceLayout(2, PollFd.LAYOUT));
  private final MemorySegment timeout = arena.allocate(Timespec.LAYOUT);
  private final EchoPacket packet = new EchoPacket(arena);
  private final AnswerSchedule schedule = new AnswerSchedule(arena);
  private final AddressTable requestsIpv4 = new AddressTable();
  private final AddressTable requestsIpv6 = new AddressTable();
  private final Map<HostCounter, AtomicLong> counts = new EnumMap<>(HostCounter.class);
  private volatile BehaviourTable behaviours = new BehaviourTable(Map.of());
  private volatile boolean stopping;
  private volatile @Nullable Throwable failure;

  Responder(TunDevice tun, EventFd wakeUp, long seed) {
    this.tun = tun;
    this.wakeUp = wakeUp;
    this.seed = seed;
    this.subject = tun.link().toString();
    for (HostCounter counter : HostCounter.values()) {
      counts.put(counter, new AtomicLong());
    }
  }

  long seed() {
    return seed;
  }

  void behave(BehaviourTable table) {
    behaviours = table;
  }

  /// Ends [#work] at its next iteration; the caller must wake it.
  void stop() {
    stopping = true;
  }

  long count(HostCounter counter) {
    return cell(counter).getAcquire();
  }

  long pending() {
    // The sent packets are read first, so that the difference cannot be negative.
    long left = count(HostCounter.SENT) + count(HostCounter.NOT_TAKEN);
    return count(HostCounter.ANSWERS)
        + count(HostCounter.DUPLICATES)
        + count(HostCounter.REFUSED)
        - left;
  }

  /// The thread's loop.
  void work() {
    try {
      while (!stopping) {
        if (sendDue() + readBatch() == 0) {
          await();
        }
      }
    } catch (Throwable t) { // kept for close; otherwise the hosts would only seem silent
      failure = t;
    }
  }

  private int sendDue() {
    int sent = 0;
    long now = System.nanoTime();
    while (sent < BATCH && !schedule.isEmpty() && schedule.firstDueNanos() - now <= 0) {
      send(schedule.first(), schedule.firstLength());
      schedule.removeFirst();
      sent++;
    }
    return sent;
  }

  private int readBatch() throws LinuxException {
    int read = 0;
    while (read < BATCH) {
      long bytes = tun.read(callState, packet.memory());
      if (Errno.EAGAIN.is(bytes) || Errno.EINTR.is(bytes)) {
        break;
      }
      LinuxException.check((int) bytes, "read", subject);
      decide((int) bytes);
      read++;
    }
    return read;
  }

  private void await() throws LinuxException {
    MemorySegment until = MemorySegment.NULL;
    if (!schedule.isEmpty()) {
      Timespec.nanos(timeout, 0, Math.max(0, schedule.firstDueNanos() - System.nanoTime()));
      until = timeout;
    }
    PollFd.set(polled, 0, tun.number(), PollFd.POLLIN);
    PollFd.set(polled, 1, wakeUp.number(), PollFd.POLLIN);
    int ready = Libc.ppoll(callState, polled, 2, until, MemorySegment.NULL);
    if (!Errno.EINTR.is(ready)) {
      LinuxException.check(ready, "ppoll", subject);
    }
  }

  private void decide(int bytes) {
    switch (packet.arrived(bytes)) {
      case OTHER -> count(HostCounter.OTHER, 1);
      case DAMAGED -> count(HostCounter.DAMAGED, 1);
      case REQUEST -> {
        long high = packet.destinationHigh();
        long low = packet.destinationLow();
        HostBehaviour behaviour = behaviours.find(packet.isIpv6(), high, low);
        if (behaviour.silent()) {
          count(HostCounter.SILENT, 1);
        } else if (behaviour.draws()) {
          AddressTable requests = packet.isIpv6() ? requestsIpv6 : requestsIpv4;
          follow(behaviour, Fate.of(behaviour, seed, high, low, requests.increment(high, low)));
        } else {
          count(HostCounter.ANSWERS, 1);
          packet.answer(behaviour.hopLimit());
          packet.finish();
          sendAfter(behaviour.delay().toNanos());
        }
        count(HostCounter.REQUESTS, 1);
      }
    }
  }

  private void follow(HostBehaviour behaviour, Fate fate) {
    IcmpError refusal = fate.refusal();
    if (fate.lost()) {
      count(HostCounter.LOST, 1);
    } else if (refusal != null) {
      count(HostCounter.REFUSED, 1);
      packet.refuse(refusal, behaviour.hopLimit());
      sendAfter(fate.delayNanos());
    } else {
      count(HostCounter.ANSWERS, 1);
      count(HostCounter.DUPLICATES, fate.copies());
      count(HostCounter.HELD_BACK, fate.heldBack() ? 1 : 0);
      packet.answer(behaviour.hopLimit());
      damage(fate);
      for (int i = 0; i <= fate.copies(); i++) {
        sendAfter(fate.delayNanos());
      }
    }
  }

  private void damage(Fate fate) {
    Fault.Truncation truncation = fate.truncation();
    if (truncation != null && packet.payload() > truncation.payloadBytes()) {
      packet.truncate(truncation.payloadBytes());
      count(HostCounter.TRUNCATED, 1);
    }
    Fault.WrongSource wrong = fate.wrongSource();
    if (wrong != null) {
      packet.source(wrong.source());
      count(HostCounter.WRONG_SOURCE, 1);
    }
    Fault.Corruption corruption = fate.corruption();
    boolean corrupted = corruption != null && packet.payload() > 0;
    boolean repaired = corruption != null && corruption.repaired();
    if (corrupted && repaired) {
      packet.flipPayloadBit(fate.entropy());
    }
    packet.finish();
    if (corrupted && !repaired) {
      packet.flipPayloadBit(fate.entropy());
    }
    count(HostCounter.CORRUPTED, corrupted ? 1 : 0);
    if (fate.wrongChecksum()) {
      packet.spoilChecksum();
      count(HostCounter.WRONG_CHECKSUM, 1);
    }
  }

  private void sendAfter(long delayNanos) {
    if (delayNanos == 0) {
      send(packet.memory(), packet.length());
    } else {
      schedule.add(System.nanoTime() + delayNanos, packet.memory(), packet.length());
    }
  }

  private void send(MemorySegment memory, int bytes) {
    long rc = tun.write(callState, memory, bytes);
    count(rc >= 0 ? HostCounter.SENT : HostCounter.NOT_TAKEN, 1);
  }

  private void count(HostCounter counter, long more) {
    AtomicLong cell = cell(counter);
    // Release: a thread that sees the count also sees the earlier counts, of which SENT is written
    // last. The read is plain, because no other thread writes.
    cell.setRelease(cell.getPlain() + more);
  }

  private AtomicLong cell(HostCounter counter) {
    return Objects.requireNonNull(counts.get(counter));
  }

  /// Frees the memory. [#work] must have ended.
  ///
  /// @throws IllegalStateException if [#work] failed
  @Override
  public void close() {
    arena.close();
    Throwable reason = failure;
    if (reason != null) {
      throw new IllegalStateException("the virtual hosts stopped answering", reason);
    }
  }
}
