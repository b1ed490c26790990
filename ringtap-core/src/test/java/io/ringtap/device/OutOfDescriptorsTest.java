package io.ringtap.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.EventFd;
import io.ringtap.testing.DescriptorLimit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutOfDescriptorsTest {
  @BeforeAll
  static void loadWhatNeedsDescriptorsToLoad() throws IOException {
    InterfaceMonitor.open().close();
    assertThat(NetworkInterfaces.list()).isNotEmpty();
    EthtoolSocket.open().close();
    EventFd.open().close();
    assertIsOutOfDescriptors(() -> LinuxException.check(-24, "open", "nothing"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aMonitorGivesBackWhatItHadOpened(int more) throws IOException {
    try (DescriptorLimit _ = DescriptorLimit.leaving(more)) {
      assertIsOutOfDescriptors(InterfaceMonitor::open);

      assertThat(canStillBeOpened()).isEqualTo(more);
    }
  }

  @Test
  void aMonitorNeedsTwo() throws IOException {
    try (DescriptorLimit _ = DescriptorLimit.leaving(2)) {
      InterfaceMonitor.open().close();

      assertThat(canStillBeOpened()).isEqualTo(2);
    }
  }

  @Test
  void saysThatDescriptorsRanOut() throws IOException {
    try (DescriptorLimit _ = DescriptorLimit.leaving(0)) {
      assertIsOutOfDescriptors(NetworkInterfaces::list);
      assertIsOutOfDescriptors(EthtoolSocket::open);
    }
  }

  private static void assertIsOutOfDescriptors(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EMFILE))
        .hasMessageEndingWith("raise the limit of open files (ulimit -n)");
  }

  private static int canStillBeOpened() {
    List<EventFd> opened = new ArrayList<>();
    try {
      while (opened.size() < 100) {
        opened.add(EventFd.open());
      }
    } catch (LinuxException e) {
      assertThat(e.errno()).isEqualTo(Errno.EMFILE);
    }
    opened.forEach(EventFd::close);
    return opened.size();
  }
}
