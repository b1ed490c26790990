package io.ringtap.capture;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.socket.PacketSocket;
import io.ringtap.socket.PacketSource;
import io.ringtap.socket.SocketSource;
import java.util.concurrent.atomic.AtomicLong;

/// A source with its filter, which runs in the kernel if the kernel can run it, otherwise on the
/// thread that drains the source.
final class FilteredSource implements AutoCloseable {
  private final PacketSource source;
  private final int number;
  private long taken; // packets from the kernel so far; used by the draining thread
  private final AtomicLong rejected = new AtomicLong(); // written by the draining thread only
  private volatile FilterPlace place = FilterPlace.KERNEL;

  /// @param source owned by this object from now on
  /// @param number the interface's place in the capture's list
  FilteredSource(PacketSource source, int number) {
    this.source = source;
    this.number = number;
  }

  /// The interface's place in the capture's list.
  int number() {
    return number;
  }

  /// The source without the filter.
  PacketSource source() {
    return source;
  }

  /// The source's packet socket.
  ///
  /// @throws IllegalStateException if it reads something else
  PacketSocket socket() {
    if (source instanceof SocketSource ofSocket) {
      return ofSocket.socket();
    }
    throw new IllegalStateException("only packet sockets have a filter of their own");
  }

  /// Attaches `filter` to the socket, or the part of it that the kernel can run; then
  /// [#filterInUserSpace] must run the rest.
  ///
  /// @param sets loads the filters that look something up
  /// @throws LinuxException if the kernel rejects the program
  FilterPlace attach(SocketFilter filter, SetPrograms sets) throws LinuxException {
    place = attached(filter, sets);
    return place;
  }

  private FilterPlace attached(SocketFilter filter, SetPrograms sets) throws LinuxException {
    try {
      FilterPlace found = filter.place();
      if (found == FilterPlace.KERNEL) {
        if (filter.looksUp()) {
          found = sets.attach(filter, socket());
          BpfProgram classic = filter.classic();
          if (found != FilterPlace.KERNEL && classic != null && !classic.isTooLong()) {
            socket().filter(classic);
            found = FilterPlace.KERNEL;
          }
        } else {
          socket().filter(filter.whole());
        }
      }
      if (found != FilterPlace.KERNEL) {
        socket().filter(filter.coarse());
      }
      return found;
    } catch (LinuxException e) {
      if (!e.errno().equals(Errno.ENOMEM)) {
        throw e;
      }
      socket().filter(filter.coarse());
      return FilterPlace.USER_SPACE_FOR_SIZE;
    }
  }

  /// Where the filter runs. Any thread may ask.
  FilterPlace place() {
    return place;
  }

  /// Runs all of `filter` in user space too, from the next drain on. For the draining thread.
  void filterInUserSpace(SocketFilter filter) {
    source.filter(filter.inUserSpace());
  }

  /// Runs what the kernel cannot of a filter that it was [given][#attach]. For the draining thread,
  /// or before it drains.
  void filterRest(SocketFilter filter) {
    UserSpaceFilter rest = filter.inUserSpace();
    if (rest != null && place == FilterPlace.KERNEL) {
      rest.endAfter(0);
    }
    source.filter(rest == null || rest.isOver() ? null : rest);
  }

  /// Ends the filtering in user space once all packets that the kernel holds for this source now
  /// have been judged. For the draining thread.
  void endUserSpaceFilterAfterQueue() {
    if (source.filter() instanceof UserSpaceFilter filter) {
      filter.endAfter(source.counters().received() - taken);
    }
  }

  /// How many packets the last drain took, shown or not.
  int lastDrained() {
    return source.shown() + source.rejected();
  }

  /// Adds the packets of the last drain.
  void countTaken() {
    taken += lastDrained();
    rejected.setRelease(rejected.getPlain() + source.rejected());
  }

  /// Packets that the filter rejected in user space. Any thread may ask.
  long rejected() {
    return rejected.getAcquire();
  }

  @Override
  public void close() {
    source.close();
  }
}
