package io.ringtap.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.OpenDescriptors;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DeviceDescriptorsTest {
  @Test
  void givesBackWhatItOpened() throws IOException {
    askEverything(); // opens what the JVM opens only once
    long before = OpenDescriptors.count();

    for (int i = 0; i < 10; i++) {
      askEverything();
    }

    assertThat(OpenDescriptors.count()).isEqualTo(before);
  }

  private static void askEverything() throws IOException {
    try (RtnetlinkSocket rtnetlink = RtnetlinkSocket.open();
        EthtoolSocket ethtool = EthtoolSocket.open();
        InterfaceMonitor monitor = InterfaceMonitor.open()) {
      for (NetworkInterface each : rtnetlink.interfaces()) {
        assertThat(NetworkInterfaces.byIndex(each.index())).isPresent();
        assertThat(ethtool.offloads(each.name())).isNotNull();
      }
      monitor.drain(_ -> {});
      assertThat(NetworkInterfaces.byName("no such name")).isEmpty();
    }
  }
}
