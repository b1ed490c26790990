package io.ringtap.dist.completion;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.Main;
import io.ringtap.dist.completion.Value.Kind;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValueTest {
  /// Labels of values that nothing can list.
  private static final Set<String> FREE =
      Set.of(
          ("ADDRESS ADDRESS:PORT BYTES COUNT DATA FACTOR FORMAT HEX HOP HOPS HOST:PORT I/N ID IP"
                  + " KEY KIND:FILE LABEL LIST MARK MASK MBIT MEMORY MILLIONS MSEC N N:TEXT NAME"
                  + " NAME=COMMAND NUMBER PATTERN PORT PORTS PREFIX RANGE RANGES RATE ROWS SECONDS"
                  + " SECRET SECS[,cumulative] SITE TEXT TIME TOS TTL")
              .split(" ", -1));

  private static final Command RINGTAP = Command.of(Main.model());

  @Test
  void eachLabelSaysWhatItsValueIs() {
    Set<String> unknown = new TreeSet<>();
    RINGTAP
        .all()
        .flatMap(command ->
            Stream.concat(
                command.options().stream()
                    .filter(option -> isUnlisted(option.value()))
                    .map(Command.Option::label),
                command.operands().stream()
                    .filter(operand -> isUnlisted(operand.value()))
                    .map(Command.Operand::label)))
        .flatMap(label -> Stream.of(label.split("\\|", -1)))
        .filter(label -> !FREE.contains(label))
        .forEach(unknown::add);

    assertThat(unknown)
        .as("labels of values that cannot be completed: a kind for Value.KINDS, or free text?")
        .isEmpty();
  }

  private static boolean isUnlisted(@Nullable Value value) {
    return value != null && value.kinds().isEmpty() && value.words().isEmpty();
  }

  @Test
  void knowsOptionsByTheirLabelsTypesAndConverters() {
    assertThat(value("ringtap capture", "-i"))
        .isEqualTo(new Value(Set.of(Kind.INTERFACE), List.of("any"), false));
    assertThat(value("ringtap capture", "--netns").kinds())
        .containsExactlyInAnyOrder(Kind.NAMESPACE, Kind.FILE);
    assertThat(value("ringtap capture", "-r").kinds()).containsExactly(Kind.SAVEFILE);
    assertThat(value("ringtap monitor", "--store").kinds()).containsExactly(Kind.DIRECTORY);
    assertThat(value("ringtap lab rtt", "--ringtap").kinds()).containsExactly(Kind.FILE);
    assertThat(value("ringtap ping", "-M").words())
        .containsExactly("system", "do", "want", "dont", "probe");
    assertThat(value("ringtap monitor export", "--resolution").words())
        .containsExactly("raw", "10s", "1m", "1h");
    assertThat(value("ringtap sweep", "-f").isList()).isTrue();
    assertThat(value("ringtap ping", "-c")).isEqualTo(new Value(Set.of(), List.of(), false));
  }

  private static Value value(String path, String option) {
    return RINGTAP
        .all()
        .filter(command -> command.path().equals(path))
        .flatMap(command -> command.options().stream())
        .filter(each -> each.names().contains(option))
        .map(Command.Option::value)
        .collect(Collectors.toList())
        .getFirst();
  }
}
