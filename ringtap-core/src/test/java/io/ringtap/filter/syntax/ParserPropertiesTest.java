package io.ringtap.filter.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.ringtap.filter.explanation.Explanation;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for every text and every tree.
class ParserPropertiesTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private static final String[] FILTERS = {
    "tcp dst port 80 and not src net 10.0.0.0/8",
    "host 1.2.3.4 or (vlan 5 && ip6 net fe80::/10)",
    "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0 and len > 100",
    "ether host 1:2:3:4:5:6 or portrange 20-30 or ip proto \\tcp",
    "(ip[2:2] - ((ip[0]&0xf)<<2)) - ((tcp[12]&0xf0)>>2) != 0",
  };

  @Test
  @Randomized
  void readsTheTreeBackThatATextWasMadeOf() {
    Property.forAll(
        20_000,
        random -> {
          String text = ExpressionText.of(new RandomExpressions(random).next(random.nextInt(5)));

          Expression expression = Objects.requireNonNull(Parser.parse(text));

          assertThat(ExpressionText.of(expression)).isEqualTo(text);
        });
  }

  @Test
  @Randomized
  void endsWithATreeOrARefusalForAnyCharacters() {
    String likely = " \t()[]:.-+*/%&|^!<>=\\,~0123456789abcdefx_\u0000\u00e9\ud83d";

    Property.forAll(
        30_000,
        random -> {
          StringBuilder text = new StringBuilder();
          for (int length = random.nextInt(40); length > 0; length--) {
            text.append(
                random.nextInt(20) == 0
                    ? (char) random.nextInt(0x1_0000)
                    : likely.charAt(random.nextInt(likely.length())));
          }
          assertThatItEnds(text.toString());
        });
  }

  @Test
  @Randomized
  void endsWithATreeOrARefusalForAnyWords() {
    List<String> words = new ArrayList<>(Vocabulary.all());
    words.addAll(
        List.of(
            "(", ")", "(", ")", "[", "]", ":", "!", "and", "or", "=", "!=", "&", "+", "-", "/"));
    words.addAll(List.of("80", "0x800", "1.2.3.4", "10.1", "::1", "1:2:3:4:5:6", "foo", "\\tcp"));
    AtomicInteger trees = new AtomicInteger();

    Property.forAll(
        50_000,
        random -> {
          StringBuilder text = new StringBuilder();
          for (int length = random.nextInt(10); length > 0; length--) {
            text.append(words.get(random.nextInt(words.size()))).append(' ');
          }
          trees.addAndGet(assertThatItEnds(text.toString()) ? 1 : 0);
        });

    assertThat(trees).hasValueGreaterThan(500);
  }

  @Test
  @Randomized
  void endsWithATreeOrARefusalForFiltersWithMistakes() {
    AtomicInteger trees = new AtomicInteger();

    Property.forAll(
        50_000,
        random -> {
          StringBuilder text = new StringBuilder(FILTERS[random.nextInt(FILTERS.length)]);
          for (int mistakes = 1 + random.nextInt(3); mistakes > 0; mistakes--) {
            int place = random.nextInt(text.length());
            switch (random.nextInt(3)) {
              case 0 -> text.deleteCharAt(place);
              case 1 -> text.insert(place, text.charAt(random.nextInt(text.length())));
              default -> text.setCharAt(place, (char) (' ' + random.nextInt(95)));
            }
          }
          trees.addAndGet(assertThatItEnds(text.toString()) ? 1 : 0);
        });

    assertThat(trees).hasValueGreaterThan(2_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "not ", "!", "port (", "- ", "len = (", "ip[", "1 ^ ", "port not "})
  void refusesWhatLiesTooDeepInstead(String level) {
    String text = level.repeat(10_000) + "ip";

    assertThatExceptionOfType(ExpressionException.class).isThrownBy(() -> Parser.parse(text));
  }

  @Test
  void takesAThousandLevelsOnASmallStack() throws InterruptedException {
    String text = "(".repeat(500) + "! ".repeat(500) + "ip" + ")".repeat(500);
    List<Object> outcome = new ArrayList<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                outcome.add(Explanation.explain(Objects.requireNonNull(Parser.parse(text)), false));
              } catch (Throwable e) {
                outcome.add(e);
              }
            },
            "small",
            512 * 1024);

    thread.start();
    thread.join();

    assertThat(outcome).singleElement().asString().contains("not: not: it is IPv4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host 1.2.3.4 or ",
        "port 80 and ",
        "a-",
        "1:",
        "::",
        "(1",
        "a---",
        "1.",
        "-",
        "\\a ",
        "len = 5 || ",
        "x",
        "9",
        "not ",
        " "
      })
  void takesTimeInProportionToTheText(String part) {
    String text = "port 80 or " + part.repeat(1_000_000 / part.length()) + "5 = len";

    assertTimeoutPreemptively(BOUND, () -> assertThatItEnds(text));
  }

  @Test
  void explainsAChainOfAnyLength() {
    String text = "host 1.2.3.4" + " or 5.6.7.8".repeat(50_000);

    String explanation = Explanation.explain(Objects.requireNonNull(Parser.parse(text)), false);

    assertThat(explanation.lines()).hasSizeGreaterThan(50_000);
  }

  @Test
  void boundsTheDepthOfANumber() {
    assertThat(Parser.parse("1" + " + 1".repeat(1000) + " = len")).isNotNull();
    assertThatExceptionOfType(ExpressionException.class)
        .isThrownBy(() -> Parser.parse("1" + " + 1".repeat(1001) + " = len"))
        .withMessageEndingWith(
            "more than 1000 parentheses, negations and operators within each other");
  }

  /// @return whether it ended in a tree
  private static boolean assertThatItEnds(String text) {
    try {
      Expression expression = Parser.parse(text);
      if (expression != null && text.length() < 1000) {
        assertThat(Explanation.explain(expression, false)).endsWith("\n");
      }
      return expression != null;
    } catch (ExpressionException e) {
      assertThat(e.position()).isBetween(0, text.length());
      assertThat(e.getMessage()).hasLineCount(1).hasSizeLessThan(400);
      return false;
    }
  }
}
