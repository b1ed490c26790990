package io.ringtap.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.error.LinuxException;
import io.ringtap.testing.OpenDescriptors;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class MappingTest {
  private static final long BYTES = 1 << 20;

  @Test
  void lendsZeroedMemoryOfTheSizeAskedFor() throws IOException {
    try (Mapping mapping = Mapping.anonymous(BYTES, "the test")) {
      MemorySegment memory = mapping.memory();

      assertThat(memory.byteSize()).isEqualTo(BYTES);
      assertThat(memory.get(JAVA_LONG, BYTES - 8)).isZero();
      memory.set(JAVA_LONG, BYTES - 8, 42);
      assertThat(memory.get(JAVA_LONG, BYTES - 8)).isEqualTo(42);
    }
  }

  @Test
  void throwsInsteadOfTouchingAnUnmappedPage() throws IOException {
    Mapping mapping = Mapping.anonymous(BYTES, "the test");
    MemorySegment memory = mapping.memory();

    mapping.close();
    mapping.close();

    assertThatThrownBy(() -> memory.get(JAVA_LONG, 0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void givesThePagesBack() throws IOException {
    Mapping mapping = Mapping.anonymous(BYTES, "the test");
    long address = mapping.memory().address();
    boolean during = OpenDescriptors.isMapped(address);

    mapping.close();

    assertThat(during).isTrue();
    assertThat(OpenDescriptors.isMapped(address)).isFalse();
  }

  @Test
  void saysWhatCouldNotBeMapped() throws IOException {
    try (EventFd unmappable = EventFd.open();
        FileDescriptor descriptor = new FileDescriptor(unmappable.number())) {

      assertThatThrownBy(() -> Mapping.ofDescriptor(descriptor, 4096, "the test's ring"))
          .isInstanceOf(LinuxException.class)
          .hasMessageStartingWith("mmap(4096 bytes) for the test's ring: ENODEV");
    }
  }
}
