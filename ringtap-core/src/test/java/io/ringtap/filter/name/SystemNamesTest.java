package io.ringtap.filter.name;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SystemNamesTest {
  private final SystemNames names = SystemNames.INSTANCE;

  @Test
  void knowsThisHost() {
    assertThat(names.host("localhost"))
        .isNotEmpty()
        .allMatch(address -> address.isLoopbackAddress());
  }

  @Test
  void knowsTheProtocolsOfTheLanguageOnEveryMachine() {
    assertThat(names.protocol("tcp")).hasValue(6);
    assertThat(names.protocol("icmp6")).hasValue(58);
    assertThat(names.protocol("sctp")).hasValue(132);
  }

  @Test
  void hasNothingForANameThatNobodyGave() {
    String name = "no-such-name-here";

    assertThat(names.host(name + ".invalid")).isEmpty();
    assertThat(names.network(name)).isNull();
    assertThat(names.port(name, "tcp")).isEmpty();
    assertThat(names.protocol(name)).isEmpty();
    assertThat(names.ethernet(name)).isEmpty();
  }
}
