package io.ringtap.monitor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MonitorConfigTest {
  @Test
  void makesOneGroupOfPlainTargets() {
    MonitorConfig config = of(ProbeSettings.DEFAULT, "10.0.0.0/30", "a.example", "10.0.0.0/30");

    assertThat(config.groups())
        .containsExactly(
            new GroupConfig(
                "targets",
                ProbeSettings.DEFAULT,
                Map.of(),
                List.of(
                    new TargetSource.Written("10.0.0.0/30", null, Map.of()),
                    new TargetSource.Written("a.example", null, Map.of())),
                RuleConfig.DEFAULTS,
                List.of()));
  }

  @Test
  void refusesMoreThanOneMonitorIsMadeFor() {
    ProbeSettings fast = ProbeSettings.DEFAULT.withInterval(Duration.ofMillis(1));

    assertThatThrownBy(() -> of(ProbeSettings.DEFAULT, "10.0.0.0/8"))
        .hasMessage("with '10.0.0.0/8' there are more than 200000 targets");
    assertThatThrownBy(() -> of(fast, "10.0.0.0/24"))
        .hasMessageContaining("256 targets need a longer interval");
    assertThatThrownBy(() -> of(fast, "10.0.0.0/33")).hasMessageContaining("0 to 32");
  }

  private static MonitorConfig of(ProbeSettings settings, String... targets) {
    return MonitorConfig.of(List.of(targets), settings, StoreConfig.DEFAULT, WebConfig.DEFAULT);
  }
}
