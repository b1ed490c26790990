package io.ringtap.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.filter.FilterKeyword.Next;
import io.ringtap.packet.LinkType;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterKeywordTest {
  @Test
  void areTheWordsThatFiltersAreMadeOf() {
    List<String> words = FilterKeyword.all().stream().map(FilterKeyword::word).toList();

    assertThat(words).startsWith("host", "port", "net", "src", "dst", "and", "or", "not");
    assertThat(words).contains("tcp", "udp", "vlan", "broadcast", "greater");
    assertThat(words).doesNotHaveDuplicates().doesNotContain("tcp-syn", "icmp-echo", "tcpflags");
  }

  @Test
  void aHostMayFollowThoseThatSaySo() {
    for (String word : words(Next.HOST_OR_KEYWORD)) {
      assertThatCode(() -> FilterCompiler.compile(word + " 192.0.2.1", options()))
          .doesNotThrowAnyException();
      assertThatCode(() -> FilterCompiler.compile(word + " port 80", options()))
          .doesNotThrowAnyException();
    }
    assertThat(words(Next.HOST)).containsExactly("host", "gateway");
    assertThatCode(() -> FilterCompiler.compile("host 192.0.2.1", options()))
        .doesNotThrowAnyException();
  }

  @Test
  void noKeywordFollowsThoseThatTakeAValue() {
    for (String word : words(Next.VALUE)) {
      assertThatThrownBy(() -> FilterCompiler.compile(word + " broadcast", options()))
          .as(word)
          .isInstanceOf(FilterException.class);
    }
  }

  private static List<String> words(Next next) {
    return FilterKeyword.all().stream()
        .filter(keyword -> keyword.next() == next)
        .map(FilterKeyword::word)
        .toList();
  }

  private static FilterOptions options() {
    return FilterOptions.of(LinkType.ETHERNET);
  }
}
