package io.ringtap.lab.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PeerTemplateTest {
  @Test
  void fillsItsPlacesIn() {
    PeerTemplate template = PeerTemplate.parse("mine=myping -c {count}  {target}");

    assertThat(template.name()).isEqualTo("mine");
    assertThat(template.fill(Map.of("count", "3", "target", "10.0.0.1")))
        .containsExactly("myping", "-c", "3", "10.0.0.1");
  }

  @Test
  void refusesAPlaceThatTheExperimentDoesNotKnow() {
    PeerTemplate template = PeerTemplate.parse("mine=myping {host}");

    assertThatThrownBy(() -> template.fill(Map.of("target", "10.0.0.1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("peer 'mine': there is no {host} here, but [target]");
  }

  @Test
  void refusesWhatHasNoName() {
    assertThatThrownBy(() -> PeerTemplate.parse("myping {target}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NAME=COMMAND");
  }
}
