package io.ringtap.filter.syntax;

import static io.ringtap.filter.syntax.Token.AND;
import static io.ringtap.filter.syntax.Token.AT_LEAST;
import static io.ringtap.filter.syntax.Token.COLON;
import static io.ringtap.filter.syntax.Token.DOTTED;
import static io.ringtap.filter.syntax.Token.EQUAL;
import static io.ringtap.filter.syntax.Token.ETHERNET;
import static io.ringtap.filter.syntax.Token.IPV6;
import static io.ringtap.filter.syntax.Token.LEFT_BRACKET;
import static io.ringtap.filter.syntax.Token.MINUS;
import static io.ringtap.filter.syntax.Token.NAME;
import static io.ringtap.filter.syntax.Token.NOT;
import static io.ringtap.filter.syntax.Token.NOT_EQUAL;
import static io.ringtap.filter.syntax.Token.NUMBER;
import static io.ringtap.filter.syntax.Token.OR;
import static io.ringtap.filter.syntax.Token.PROTOCOL;
import static io.ringtap.filter.syntax.Token.RIGHT_BRACKET;
import static io.ringtap.filter.syntax.Token.SHIFT_LEFT;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.IpAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LexerTest {
  @Test
  void splitsOperatorsByTheLongestReading() {
    assertThat(tokens("!=!==<<>= &&||"))
        .containsExactly(NOT_EQUAL, NOT_EQUAL, EQUAL, SHIFT_LEFT, AT_LEAST, AND, OR);
    assertThat(tokens("! =")).containsExactly(NOT, EQUAL);
  }

  @Test
  void tellsWhereEachTokenBegins() {
    Lexer lexer = new Lexer(" tcp\t[0]");
    List<Integer> positions = new ArrayList<>();

    while (lexer.token() != Token.END) {
      positions.add(lexer.position());
      lexer.advance();
    }

    assertThat(positions).containsExactly(1, 5, 6, 7);
    assertThat(lexer.position()).isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "80, 80",
    "0x50, 80",
    "0XfF, 255",
    "017, 15",
    "00, 0",
    "4294967295, 4294967295",
    "0xffffffff, 4294967295",
    "tcpflags, 13",
    "tcp-cwr, 128",
    "icmp-echo, 8",
    "icmp6-multicastrouterterm, 153"
  })
  void readsNumbersAndTheirNames(String text, long value) {
    Lexer lexer = new Lexer(text);

    assertThat(lexer.token()).isEqualTo(NUMBER);
    assertThat(lexer.value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01:02:03:0a:0B:ff",
        "1:2:3:a:b:FF",
        "01-2-3-a-b-ff",
        "1.2.3.a.b.ff",
        "1:2-3.a:b:ff",
        "0102.030a.0bff",
        "0102030a0bff"
      })
  void readsEveryFormOfAnEthernetAddress(String text) {
    Lexer lexer = new Lexer(text);

    assertThat(lexer.token()).isEqualTo(ETHERNET);
    assertThat(lexer.value()).isEqualTo(0x0102_030A_0BFFL);
    assertThat(lexer.word()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::",
        "::1",
        "1::",
        "fe80::1:2",
        "1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::",
        "::2:3:4:5:6:7:8",
        "::ffff:1.2.3.4",
        "dead:beef::"
      })
  void readsIpv6Addresses(String text) {
    Lexer lexer = new Lexer(text);

    assertThat(lexer.token()).isEqualTo(IPV6);
    assertThat(lexer.ipv6()).isEqualTo(IpAddress.parse(text));
    assertThat(lexer.word()).isEqualTo(text);
  }

  @Test
  void readsDottedNumbersFromTheLeft() {
    Lexer lexer = new Lexer("10.1.0255");

    assertThat(lexer.token()).isEqualTo(DOTTED);
    assertThat(lexer.parts()).isEqualTo(3);
    assertThat(lexer.value()).isEqualTo(0x0A01_FF00L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "foo",
        "a-b",
        "1-10",
        "len-1",
        "1a",
        "0x",
        "0xg",
        "1.2.3.4.5",
        "1.",
        "tcpx",
        "port80",
        "TCP",
        "aabbccddeeff0",
        "a.b.",
        "1.2.3.4-5",
        "cafe"
      })
  void takesWhatIsNothingElseForAName(String text) {
    Lexer lexer = new Lexer(text);

    assertThat(lexer.token()).isEqualTo(NAME);
    assertThat(lexer.word()).isEqualTo(text);
  }

  @Test
  void endsANameBeforeATrailingDash() {
    assertThat(tokens("a--")).containsExactly(NAME, MINUS, MINUS);
  }

  @Test
  void takesAnEscapedKeywordForAName() {
    Lexer lexer = new Lexer("\\tcp&&");

    assertThat(lexer.token()).isEqualTo(NAME);
    assertThat(lexer.isEscaped()).isTrue();
    assertThat(lexer.word()).isEqualTo("tcp");
    lexer.advance();
    assertThat(lexer.token()).isEqualTo(AND);
  }

  @Test
  void doesNotTakeAnIndexAndItsSizeForAnAddress() {
    assertThat(tokens("ip[a:2]"))
        .containsExactly(PROTOCOL, LEFT_BRACKET, NAME, COLON, NUMBER, RIGHT_BRACKET);
    assertThat(tokens("ip[12:4]"))
        .containsExactly(PROTOCOL, LEFT_BRACKET, NUMBER, COLON, NUMBER, RIGHT_BRACKET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ether", "link", "fddi", "tr", "wlan", "ppp", "slip"})
  void knowsTheLinkLayerByAllItsNames(String text) {
    assertThat(new Lexer(text).protocol()).isEqualTo(ProtocolWord.ETHER);
  }

  private static List<Token> tokens(String text) {
    List<Token> tokens = new ArrayList<>();
    for (Lexer lexer = new Lexer(text); lexer.token() != Token.END; lexer.advance()) {
      tokens.add(lexer.token());
    }
    return tokens;
  }
}
