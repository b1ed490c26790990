package io.ringtap.filter.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParserErrorsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "prot 80              | at 1: \"prot\" is neither a keyword nor has one before it; did you"
            + " mean \"port\"?",
        "tcp prt 80           | at 5: \"prt\" is no keyword that goes on after \"tcp\"; did you"
            + " mean \"port\"?",
        "dst prt 80           | at 5: \"prt\" is no keyword; did you mean \"port\"?",
        "tcp src prt 80       | at 9: \"prt\" is no keyword; did you mean \"port\"?",
        "src hots 1.2.3.4     | at 5: \"hots\" is no keyword; did you mean \"host\"?",
        "host a or prt 80     | at 11: \"prt\" is no keyword; did you mean \"port\"?",
        "IP                   | at 1: \"IP\" is neither a keyword nor has one before it; did you"
            + " mean \"ip\"?",
        "tcp[13] & tcp-sin = 0 | at 11: expected a number, not \"tcp-sin\"; did you mean"
            + " \"tcp-fin\"?",
        "tcp[13] & ack = 0    | at 11: expected a number, not \"ack\"; did you mean \"tcp-ack\"?",
        "ip[0] => 5           | at 7: there is no such relation; did you mean \">=\"?",
        "ip & tcp             | at 4: \"&\" joins numbers; did you mean \"&&\"?",
        "ip adn tcp           | at 4: \"adn\" is no keyword that goes on after \"ip\"; did you mean"
            + " \"and\"?",
      })
  void suggestsWhatWasMeant(String text, String message) {
    assertThat(refusal(text)).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "foo                  | at 1: \"foo\" by itself may be anything: a host is \"host NAME\", a"
            + " network \"net NAME\", a port \"port NAME\"",
        "1.2.3.4              | at 1: \"1.2.3.4\" needs a word before it that says what it is, as"
            + " in \"host 1.2.3.4\"",
        "(host a) and 1.2.3.4 | at 14: \"1.2.3.4\" needs a word before it that says what it is, as"
            + " in \"host 1.2.3.4\"",
        "1:2:3:4:5:6          | at 1: \"1:2:3:4:5:6\" needs a word before it that says what it is,"
            + " as in \"ether host 1:2:3:4:5:6\"",
        "5                    | at 1: a number by itself says nothing: a port is \"port 5\", a"
            + " comparison \"len = 5\"",
        "tcp 80               | at 5: a word such as \"host\", \"net\" or \"port\" is missing, as"
            + " in \"tcp port 80\"",
        "ip proto tcp         | at 10: expected a protocol: a number, or a name such as \"\\tcp\","
            + " not \"tcp\"; as a name it is written \"\\tcp\"",
        "port                 | at 5: expected a port: a number or a service's name before the end",
        "host port 80         | at 6: expected a host: a name or an address, not \"port\"; as a"
            + " name it is written \"\\port\"",
        "port (80 or port 81) | at 13: expected a port: a number or a service's name, not \"port\";"
            + " as a name it is written \"\\port\"",
        "src src a            | at 5: expected an address or a word such as \"host\" or \"port\","
            + " not \"src\"; as a name it is written \"\\src\"",
        "src or port 80       | at 8: \"src or\" goes on with \"dst\", or has an address or a port"
            + " before its \"or\"",
        "src gateway a        | at 5: \"gateway\" takes no direction such as \"src\" or \"dst\"",
        "portrange 1 - 10     | at 11: a range has no blanks, as in \"portrange 20-30\"",
        "portrange a-b-c      | at 11: \"a-b-c\" can be read as several ranges; write its ports as"
            + " numbers",
        "net 10.0.0.0/33      | at 14: a prefix length is a number from 0 to 32",
        "net 10 or 11/33      | at 14: a prefix length is a number from 0 to 32",
        "net ::/129           | at 8: a prefix length is a number from 0 to 128",
        "net 300/8            | at 5: a network's first number is at most 255",
        "host 1.2.3.0/24      | at 13: only a network has a prefix length or a mask, as in \"net"
            + " 10.0.0.0/8\"",
        "net 1.2.3.400        | at 5: \"1.2.3.400\" is no IPv4 address: each number is at most 255",
        "net 10.0 mask 8      | at 15: expected a mask such as \"255.255.255.0\" after \"mask\"",
        "mask 1.2             | at 1: \"mask\" comes after a network, as in \"net 10.0.0.0 mask"
            + " 255.0.0.0\"",
        "decnet host 64.1     | at 13: a DECnet address is an area up to 63 and a node up to 1023:"
            + " \"10.123\"",
        "vlan 4096            | at 6: \"vlan\" takes at most 4095",
        "vlan (5 or 6)        | at 6: \"vlan\" is followed by a single number in parentheses",
        "less len             | at 6: \"less\" is followed by a number, not \"len\"",
        "ifindex              | at 8: \"ifindex\" is followed by a number before the end",
        "llc foo              | at 5: \"llc\" knows no \"foo\", only i, s, u, rr, rnr, rej, ui, ua,"
            + " disc, dm, sabme, test, xid, frmr",
        "portrange 80-        | at 11: this is half a range: its end is missing, as in \"portrange"
            + " 20-30\"",
        "portrange http- or ip | at 11: this is half a range: its end is missing, as in \"portrange"
            + " 20-30\"",
        "portrange -80        | at 11: this is half a range: its beginning is missing, as in"
            + " \"portrange 20-30\"",
        "decnet host 1026     | at 13: a DECnet address is an area up to 63 and a node up to 1023:"
            + " \"10.123\"",
        "type foo             | at 6: \"type\" takes one of mgt, ctl, data, not \"foo\"",
        "type mgt subtype rts | at 18: \"rts\" is a subtype of another type",
        "wlan subtype becon   | at 14: \"subtype\" names no \"becon\"; did you mean \"beacon\"?",
        "dir up               | at 5: \"dir\" takes one of nods, tods, fromds, dstods, not \"up\"",
        "vpi 5                | at 1: \"vpi\" is for ATM cells, which have no filters here",
        "ip vpi 5             | at 4: \"vpi\" is for ATM cells, which have no filters here",
        "src vpi 5            | at 5: \"vpi\" is for ATM cells, which have no filters here",
        "wlan rset 5          | at 6: \"rset\" is for logs of pf(4), which have no filters here",
        "ip type mgt          | at 4: a word such as \"host\", \"net\" or \"port\" is missing, as"
            + " in \"ip host type\"",
        "byte                 | at 5: \"byte\" is followed by a byte's number, as in \"byte 0 &"
            + " 1\"",
        "byte 0 = 256         | at 10: a byte is compared with a number from 0 to 255",
        "byte 0 != 1          | `at 8: \"byte\" compares by =, <, >, & or |, as in \"byte 0 & 1\"`",
      })
  void saysWhatAnOperandLacks(String text, String message) {
    assertThat(refusal(text)).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ip or                | at 6: the filter ends where it should go on, with a word such as"
            + " \"host\"",
        "or ip                | at 1: \"or\" joins two parts, and the one before it is missing",
        "()                   | at 2: a part of a filter is missing before this \")\"",
        "tcp and (port 80     | at 9: this \"(\" is never closed",
        "port (80             | at 6: this \"(\" is never closed",
        "len = (5             | at 7: this \"(\" is never closed",
        "tcp port 80)         | at 12: this \")\" closes nothing",
        "host a host b        | at 8: \"host\" needs \"and\" or \"or\" before it",
        "vlan 5 = 5           | at 8: \"=\" stands between two numbers, and there is none before"
            + " it",
        "ip + 5 = 6           | at 4: \"+\" belongs to numbers, and there is none before it",
      })
  void saysWhatDoesNotJoin(String text, String message) {
    assertThat(refusal(text)).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "len                  | at 4: the number before this end is compared with nothing",
        "len 5                | at 5: expected an operator or a relation such as \"=\", not \"5\"",
        "(len 5)              | at 6: expected an operator or a relation such as \"=\", not \"5\"",
        "len =                | at 6: the filter ends where a number is expected",
        "len = ip             | at 7: \"ip\" gives numbers by an index, as in \"ip[0]\"",
        "ip[0:3] = 0          | at 6: a size in bytes is 1, 2 or 4",
        "ip[0 = 1             | at 6: expected an operator or \"]\", not \"=\"",
        "ip[0:2               | at 3: this \"[\" is never closed",
        "ip[len-1] = 0        | at 4: expected a number, not \"len-1\", for it is one name; a"
            + " difference has blanks around its \"-\"",
        "port 4294967296      | at 6: \"4294967296\" is more than 32 bits hold",
        "port 08              | at 6: \"08\" begins with 0 and so is octal, without 8 and 9",
      })
  void saysWhatANumberLacks(String text, String message) {
    assertThat(refusal(text)).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "host a; b            | at 7: the filter language has no \";\"; alternatives are joined by"
            + " \"or\"",
        "host \"a\"           | at 6: the filter language has no \"\"\"; names stand without"
            + " quotes",
        "host .a              | at 6: the filter language has no \".\" here: a name begins with a"
            + " letter or a digit",
        "ip\u00a0or tcp       | at 3: the filter language has no U+00A0",
        "host 1:2:3:4:5       | at 6: \"1:2:3:4:5\" is neither an Ethernet address (six bytes) nor"
            + " an IPv6 address",
        "host ::1::           | at 6: \"::1::\" is neither an Ethernet address (six bytes) nor an"
            + " IPv6 address",
        "ip proto \\          | at 10: \"\\\" stands before a name, as in \"ip proto \\tcp\"",
      })
  void saysWhatIsNoToken(String text, String message) {
    assertThat(refusal(text)).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo", "zzzzzzzz", "http", "example.org", "x"})
  void suggestsNothingForWhatIsFarFromEveryWord(String text) {
    assertThat(refusal(text).getMessage()).doesNotContain("did you mean");
  }

  @Test
  void countsItsPositionFromZeroAndItsMessageFromOne() {
    ExpressionException refusal = refusal("ip or prot 80");

    assertThat(refusal.position()).isEqualTo(6);
    assertThat(refusal).hasMessageStartingWith("at 7: ");
  }

  @Test
  void showsHostileTextsOnOneShortLine() {
    ExpressionException refusal = refusal("\\a\u0007\u001b[31m" + "x".repeat(10_000));

    assertThat(refusal.getMessage()).hasSizeLessThan(300).contains("\\u0007\\u001b[31mxx", "…");
  }

  private static ExpressionException refusal(String text) {
    return catchThrowableOfType(ExpressionException.class, () -> Parser.parse(text));
  }
}
