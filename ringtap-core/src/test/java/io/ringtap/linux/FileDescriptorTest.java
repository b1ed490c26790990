package io.ringtap.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.abi.EventFdFlags;
import io.ringtap.testing.OpenDescriptors;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class FileDescriptorTest {
  @Test
  void closesOnceHoweverOftenItIsAsked() throws IOException {
    FileDescriptor first = open();
    int number = first.number();
    first.close();

    // The kernel reuses the lowest free number, so the next descriptor opened would be hit.
    try (FileDescriptor second = open()) {
      first.close();

      assertThat(second.number()).isEqualTo(number);
      assertThat(signal(second)).as("bytes written to the one still open").isEqualTo(8);
    }
  }

  @Test
  void refusesItsNumberOnceClosed() throws IOException {
    FileDescriptor descriptor = open();

    descriptor.close();

    assertThatThrownBy(descriptor::number).isInstanceOf(IllegalStateException.class);
    assertThat(descriptor.isOpen()).isFalse();
    assertThat(descriptor).hasToString("fd closed");
  }

  @Test
  void givesTheDescriptorBack() throws IOException {
    long before = OpenDescriptors.count();

    FileDescriptor descriptor = open();
    long during = OpenDescriptors.count();
    descriptor.close();

    assertThat(during).isEqualTo(before + 1);
    assertThat(OpenDescriptors.count()).isEqualTo(before);
  }

  private static long signal(FileDescriptor eventFd) {
    MemorySegment one = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_LONG, 1);
    return Libc.write(CallState.current(), eventFd.number(), one, one.byteSize());
  }

  private static FileDescriptor open() throws IOException {
    int number = Libc.eventfd(CallState.current(), 0, EventFdFlags.EFD_CLOEXEC);
    return new FileDescriptor(LinuxException.check(number, "eventfd", "the test"));
  }
}
