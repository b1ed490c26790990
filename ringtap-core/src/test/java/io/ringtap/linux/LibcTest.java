package io.ringtap.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.error.Errno;
import io.ringtap.linux.abi.Fcntl;
import io.ringtap.linux.abi.PollFd;
import io.ringtap.linux.abi.SysMman;
import io.ringtap.linux.abi.Winsize;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class LibcTest {
  private final MemorySegment callState = CallState.current();

  @Test
  void returnsTheNegatedErrorOfAFailedCall() {
    MemorySegment nowhere = MemorySegment.ofAddress(8);

    assertThat(Libc.poll(callState, nowhere, 1, 0)).isEqualTo(-Errno.EFAULT.number());
    assertThat(Libc.close(callState, -1)).isEqualTo(-Errno.EBADF.number());
    assertThat(Libc.read(callState, -1, nowhere, 1)).isEqualTo(-Errno.EBADF.number());
  }

  @Test
  void passesTheArgumentsOfVariadicCalls() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(Winsize.LAYOUT);

      int missing = Libc.open(callState, arena.allocateFrom("/nowhere/to/be/found"), 0, 0);
      int device = Libc.open(callState, arena.allocateFrom("/dev/null"), Fcntl.O_CLOEXEC, 0);
      int noTerminal = Libc.ioctl(callState, device, Winsize.TIOCGWINSZ, size);
      int closed = Libc.close(callState, device);

      assertThat(missing).isEqualTo(-Errno.ENOENT.number());
      assertThat(device).isNotNegative();
      assertThat(noTerminal).isEqualTo(-Errno.ENOTTY.number());
      assertThat(closed).isZero();
    }
  }

  @Test
  void tellsAnAddressFromAnError() {
    long refused = mmapNothing();

    assertThat(Libc.isError(refused)).isTrue();
    assertThat(Errno.EINVAL.is(refused)).isTrue();
    assertThat(Libc.isError(0x7FFF_FFFF_F000L)).isFalse();
    assertThat(Libc.isError(-4096)).isFalse();
  }

  @Test
  void letsTheExceptionOfAClosedArenaPass() {
    MemorySegment dead;
    try (Arena arena = Arena.ofConfined()) {
      dead = arena.allocate(PollFd.LAYOUT);
    }

    assertThatThrownBy(() -> Libc.poll(callState, dead, 1, 0))
        .isInstanceOf(IllegalStateException.class);
  }

  private long mmapNothing() {
    int flags = SysMman.MAP_PRIVATE | SysMman.MAP_ANONYMOUS;
    return Libc.mmap(callState, MemorySegment.NULL, 0, SysMman.PROT_READ, flags, -1, 0);
  }
}
