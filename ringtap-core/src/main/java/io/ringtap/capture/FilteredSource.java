package io.ringtap.capture;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.socket.PacketSocket;
import io.ringtap.socket.PacketSource;

/// A source with its filter: in the kernel where that can run it, on the thread that drains
/// otherwise.
final class FilteredSource implements AutoCloseable {
  private final PacketSource source;
  private long taken; // packets from the kernel, all in all; of the thread that drains
  private volatile FilterPlace place = FilterPlace.KERNEL;

  /// @param source which this owns from now on
  FilteredSource(PacketSource source) {
    this.source = source;
  }

  /// What is drained.
  PacketSource source() {
    return source;
  }

  /// The source's socket.
  PacketSocket socket() {
    return source.socket();
  }

  /// Lets the socket run `filter`, or what the kernel can run of it: then the rest is for
  /// [#screen].
  ///
  /// @throws LinuxException if the kernel rejects the program
  FilterPlace attach(SocketFilter filter) throws LinuxException {
    place = attached(filter);
    return place;
  }

  private FilterPlace attached(SocketFilter filter) throws LinuxException {
    FilterPlace wanted = filter.place();
    if (wanted != FilterPlace.KERNEL) {
      socket().filter(filter.coarse());
      return wanted;
    }
    try {
      socket().filter(filter.whole());
      return FilterPlace.KERNEL;
    } catch (LinuxException e) {
      if (!e.errno().equals(Errno.ENOMEM)) {
        throw e;
      }
      socket().filter(filter.coarse());
      return FilterPlace.CAPTURE_FOR_ITS_SIZE;
    }
  }

  /// Where the filter runs. Any thread may ask.
  FilterPlace place() {
    return place;
  }

  /// Runs all of `filter` here too, from the next drain on. For the thread that drains.
  void screen(SocketFilter filter) {
    source.screen(filter.screen());
  }

  /// Ends the screen once all has been judged that the kernel holds for this source now. For the
  /// thread that drains.
  void endScreenAfterQueue() {
    if (source.screen() instanceof UserSpaceFilter screen) {
      screen.endAfter(socket().counters().received() - taken);
    }
  }

  /// What the last drain took, shown or not.
  int took() {
    return source.shown() + source.screenedOut();
  }

  /// Counts what the last drain took.
  void countTaken() {
    taken += took();
  }

  @Override
  public void close() {
    source.close();
  }
}
