package io.ringtap.filter.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sets, beside what they are short for.
class SetParserTest {
  private static String text(String filter) {
    return ExpressionText.of(Objects.requireNonNull(Parser.parse(filter)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          port in {80, 443, 8000-8010} | port 80 or port 443 or portrange 8000-8010
          tcp dst port in{22}          | tcp dst port 22
          portrange in {1-2,http}      | portrange 1-2 or portrange http
          port in {http-alt}           | port http-alt
          port in {\\80-81}             | port \\80-81
          host in {10.0.0.1,2001:db8::1, gate} | host 10.0.0.1 or host 2001:db8::1 or host gate
          src net in {10/8, net.work}  | src net 10/8 or src net net.work
          ip proto in {6,17}           | ip proto 6 or ip proto 17
          not port in {1, 2} and ip    | not (port 1 or port 2) and ip
          ip and port in {1, 2}        | ip and (port 1 or port 2)
          port in {1, 2} or 3          | port 1 or port 2 or port 3
          src and dst port in {1, 2}   | (src port 1 or src port 2) and (dst port 1 or dst port 2)
          src in {10.0.0.1}            | src host 10.0.0.1
          host in and ip               | host in and ip
          host \\in and ip              | host in and ip
          """)
  void isShortForItsElements(String set, String meaning) {
    assertThat(text(set)).isEqualTo(text(meaning).replace("src host 10.0.0.1", "src 10.0.0.1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          port in {80 443} | at 13: expected "," or "}" in a set, as in "port in {80, 443, 8000-8010}", not "443"
          port in {8 - 10} | at 12: expected "," or "}" in a set, as in "port in {80, 443, 8000-8010}", not "-"
          port in {}       | at 10: an element of the set is missing before this "}"
          port in {80,}    | at 13: an element of the set is missing before this "}"
          port in {80      | at 9: this "{" is never closed
          host in {in {1}} | at 10: a set has no other set in it
          port 80, 443     | at 8: "," stands between the elements of a set, as in "port in {80, 443}"; alternatives are joined by "or"
          {80}             | at 1: no part of a filter begins with "{"
          """)
  void saysWhatIsWrong(String filter, String message) {
    assertThatThrownBy(() -> Parser.parse(filter))
        .isInstanceOf(ExpressionException.class)
        .hasMessage(message);
  }
}
