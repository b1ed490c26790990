package io.ringtap.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {
  @ParameterizedTest
  @CsvSource({
    "eth0, eth0",
    "größe 漢, größe 漢",
    "'a\u001b[2Jb', 'a\\x1b[2Jb'",
    "'\u009b31m\u007f', '\\x9b31m\\x7f'",
    "'a\tb\nc', 'a\tb\nc'"
  })
  void keepsControlCharactersFromTheTerminal(String text, String printable) {
    assertThat(Printable.of(text)).isEqualTo(printable);
  }
}
