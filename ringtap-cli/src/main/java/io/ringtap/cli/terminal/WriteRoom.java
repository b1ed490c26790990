package io.ringtap.cli.terminal;

import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.PollFd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/// Whether a descriptor would take [Output#ROOM] bytes without a wait (`poll(2)`).
///
/// A pipe that is ready has a page free (`pipe_poll` of `fs/pipe.c`), and `/dev/null` always has
/// room. A terminal says that it is ready long before it has so much room, and a write to a file
/// may wait for its disk, of which `poll` knows nothing: these never have room.
public final class WriteRoom implements BooleanSupplier {
  private static final int STANDARD_OUTPUT = 1;

  private final MemorySegment pollFd = Arena.ofAuto().allocate(PollFd.LAYOUT);
  private final int descriptor;

  private WriteRoom(int descriptor) {
    this.descriptor = descriptor;
  }

  /// The room of standard output.
  public static BooleanSupplier ofStandardOutput() {
    MemorySegment callState = CallState.current();
    boolean isFile = Files.isRegularFile(Path.of("/proc/self/fd", String.valueOf(STANDARD_OUTPUT)));
    boolean mayWait = isFile || Libc.isatty(callState, STANDARD_OUTPUT) == 1;
    return mayWait ? () -> false : new WriteRoom(STANDARD_OUTPUT);
  }

  @Override
  public boolean getAsBoolean() {
    PollFd.set(pollFd, 0, descriptor, PollFd.POLLOUT);
    return Libc.poll(CallState.current(), pollFd, 1, 0) == 1
        && PollFd.revents(pollFd, 0) == PollFd.POLLOUT;
  }
}
