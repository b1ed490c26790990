package io.ringtap.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.device.InterfaceEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveInputTest {
  private final LiveInput.Names names = new LiveInput.Names(List.of());

  @Test
  void knowsWhatItHasBeenTold() {
    names.onInterfaceEvent(new InterfaceEvent.Appeared(900, "veth1"));
    names.onInterfaceEvent(new InterfaceEvent.Appeared(2, "eth0"));
    names.onInterfaceEvent(new InterfaceEvent.Renamed(2, "eth0", "lan0"));
    names.onInterfaceEvent(new InterfaceEvent.Vanished(900, "veth1"));

    assertThat(names.apply(2)).isEqualTo("lan0");
    assertThat(names.apply(900)).isEqualTo("veth1");
    assertThat(names.apply(3)).isNull();
  }
}
