package io.ringtap.ping;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.EventFd;
import io.ringtap.testing.DescriptorLimit;
import io.ringtap.testing.RequiresRawSockets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Opening that fails half-way, at each of the descriptors that a pinger needs.
@RequiresRawSockets
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PingerOutOfDescriptorsTest {
  private static final int MORE_THAN_ENOUGH = 20;

  @Test
  void givesBackDescriptorsMappingsAndThreadsWhereverItFails() throws IOException {
    Pinger.open().close(); // loads what is loaded once
    Errno loaded = new Errno(24);
    assertThat(loaded.name()).isEqualTo("EMFILE");
    assertThat(canStillBeOpened(1)).isOne();
    long rings = rings();

    int refusals = 0;
    while (refusals < MORE_THAN_ENOUGH && !canBeOpenedWith(refusals)) {
      refusals++;
    }

    assertThat(refusals).isBetween(4, MORE_THAN_ENOUGH - 1);
    assertThat(rings()).isEqualTo(rings);
    assertThat(EngineThreads.alive()).isEmpty();
  }

  private static boolean canBeOpenedWith(int descriptors) throws IOException {
    try (DescriptorLimit _ = DescriptorLimit.leaving(descriptors)) {
      boolean opened = false;
      try {
        Pinger.open().close();
        opened = true;
      } catch (LinuxException e) {
        assertThat(e.errno().number()).as(e.getMessage()).isEqualTo(24);
      }
      assertThat(canStillBeOpened(MORE_THAN_ENOUGH)).isEqualTo(descriptors);
      return opened;
    }
  }

  private static int canStillBeOpened(int most) {
    List<EventFd> opened = new ArrayList<>();
    try {
      while (opened.size() < most) {
        opened.add(EventFd.open());
      }
    } catch (LinuxException e) {
      assertThat(e.errno().number()).isEqualTo(24);
    }
    opened.forEach(EventFd::close);
    return opened.size();
  }

  private static long rings() throws IOException {
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      return maps.filter(line -> line.contains("socket:")).count();
    }
  }
}
