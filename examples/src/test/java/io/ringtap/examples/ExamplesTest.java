package io.ringtap.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The examples that anybody may run.
class ExamplesTest {
  @Test
  void listsInterfaces() throws Exception {
    try (Example example = Example.start(ListInterfaces.class)) {
      assertThat(example.output()).anyMatch(line -> line.matches("\\d+: lo .*Ethernet.*"));
    }
  }
}
