package io.ringtap.monitor.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.monitor.target.SourceReader.SourceProblem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SdFormatTest {
  private static List<Listed> json(String text) throws SourceProblem {
    return SdFormat.readJson("t.json", text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Listed> yaml(String text) throws SourceProblem {
    return SdFormat.readYaml("t.yml", text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> hosts(List<Listed> listed) {
    return listed.stream()
        .<String>mapMulti((each, to) -> each.forEachHost((host, _) -> to.accept(host)))
        .toList();
  }

  @Test
  void readsTargetsAndLabelsFromJson() throws SourceProblem {
    List<Listed> listed =
        json(
            """
            [{"targets": ["10.0.0.1", "a.example"], "labels": {"rack": "r1"}},
             {"targets": ["10.0.0.2"]}]
            """);

    assertThat(hosts(listed)).containsExactly("10.0.0.1", "a.example", "10.0.0.2");
    assertThat(listed.get(1).labels()).isEqualTo(Map.of("rack", "r1"));
    assertThat(listed.get(2).labels()).isEmpty();
  }

  @Test
  void readsTargetsAndLabelsFromYaml() throws SourceProblem {
    List<Listed> listed =
        yaml(
            """
            - targets: [10.0.0.1, 'a.example:9100']
              labels:
                rack: 7
            """);

    assertThat(hosts(listed)).containsExactly("10.0.0.1", "a.example");
    assertThat(listed.getFirst().labels()).isEqualTo(Map.of("rack", "7"));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1:9100, 10.0.0.1",
    "a.example:80, a.example",
    "[2001:db8::1]:9100, 2001:db8::1",
    "[2001:db8::1], 2001:db8::1",
    "2001:db8::1, 2001:db8::1",
    "a.example, a.example"
  })
  void cutsThePortOff(String target, String host) throws SourceProblem {
    assertThat(hosts(json("[{\"targets\": [\"%s\"]}]".formatted(target)))).containsExactly(host);
  }

  @Test
  void dropsLabelsThatAreForTheScraper() throws SourceProblem {
    List<Listed> listed =
        json(
            """
            [{"targets": ["10.0.0.1"],
              "labels": {"__meta_x": "1", "__param_module": "icmp", "_own": "2", "site": "3"}}]
            """);

    assertThat(listed.getFirst().labels()).isEqualTo(Map.of("_own", "2", "site", "3"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{\"targets\": [\"10.0.0.1\"]},~{]|t.json:2: Unexpected close marker ']': expected '}'",
        "{\"targets\": []}|t.json: no list of groups",
        "|t.json: no list of groups",
        "[7]|t.json: [0]: not an object",
        "[{\"targets\": \"10.0.0.1\"}]|t.json: [0].targets: not a list",
        "[{\"targets\": [1]}]|t.json: [0].targets[0]: not a text",
        "[{\"targets\": [], \"label\": {}}]|t.json: [0].label: only targets and labels belong here",
        "[{}, {\"targets\": [\"a\", \"http://b/\"]}]|t.json: [1].targets[1]: 'http://b/' is no"
            + " target but a URL",
        "[{\"labels\": {\"a-b\": \"\"}}]|t.json: [0].labels: 'a-b' is no label",
        "[{\"labels\": {\"a\": []}}]|t.json: [0].labels.a: not a text"
      })
  void saysWhereAMistakeIs(String text, String expected) {
    String content = text == null ? "" : text.replace('~', '\n');

    assertThatThrownBy(() -> json(content))
        .isInstanceOf(SourceProblem.class)
        .hasMessageStartingWith(expected)
        .message()
        .doesNotContain("\n", "Source");
  }
}
