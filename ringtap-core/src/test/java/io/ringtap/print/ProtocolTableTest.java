package io.ringtap.print;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocols.Entry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProtocolTableTest {
  private final List<Entry> entries =
      ProtocolTable.of(new Line(PrintOptions.DEFAULTS.detail()), _ -> null).entries();

  @Test
  void isListedWhole() {
    List<KnownProtocol> listed = PacketPrinter.protocols();

    List<String> numbers =
        listed.stream()
            .flatMap(each -> each.numbers().stream().map(number -> each.name() + " " + number))
            .toList();
    List<String> expected =
        entries.stream()
            .map(each -> each.name() + " " + each.space().word() + " " + text(each))
            .toList();
    assertThat(numbers).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void listsEachNameOnceAndWithNumbers() {
    List<KnownProtocol> listed = PacketPrinter.protocols();

    assertThat(listed).extracting(KnownProtocol::name).doesNotHaveDuplicates();
    assertThat(listed)
        .allSatisfy(each -> assertThat(each.numbers()).isNotEmpty().doesNotHaveDuplicates())
        .allSatisfy(each -> assertThat(each.name()).matches("\\p{Alnum}[\\p{Alnum} .]*"));
  }

  /// From the link to the application, by the first number of each.
  @Test
  void isInTheOrderInWhichPacketsCarryProtocols() {
    Set<String> seen = new HashSet<>();

    List<NumberSpace> spaces =
        entries.stream().filter(each -> seen.add(each.name())).map(Entry::space).toList();

    assertThat(spaces).isSorted();
  }

  private static String text(Entry entry) {
    return entry.space().text(entry.number());
  }
}
