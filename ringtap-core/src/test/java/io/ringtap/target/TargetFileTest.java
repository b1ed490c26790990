package io.ringtap.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetFileTest {
  private final List<String> refusals = new ArrayList<>();

  private List<TargetSpec> read(String text) throws IOException {
    List<TargetSpec> specs = new ArrayList<>();
    try (TargetFile file =
        new TargetFile(
            "hosts.txt",
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
            new TargetParser(Family.ANY, 0),
            refusals::add)) {
      for (TargetSpec spec = file.next(); spec != null; spec = file.next()) {
        specs.add(spec);
      }
    }
    return specs;
  }

  @Test
  void readsSeveralTargetsALineAndSkipsBlankLinesAndComments() throws IOException {
    List<TargetSpec> specs = read("# all hosts\n\na b\t c # not d\n  e#f\r\ng");

    assertThat(specs)
        .containsExactly(
            new TargetSpec.Name("a"),
            new TargetSpec.Name("b"),
            new TargetSpec.Name("c"),
            new TargetSpec.Name("e"),
            new TargetSpec.Name("g"));
    assertThat(refusals).isEmpty();
  }

  @Test
  void namesThePlaceOfWhatItRefusesAndGoesOn() throws IOException {
    List<TargetSpec> specs = read("a\n\n10.0.0.0/33 b\nc..d\n");

    assertThat(specs).containsExactly(new TargetSpec.Name("a"), new TargetSpec.Name("b"));
    assertThat(refusals)
        .containsExactly(
            "hosts.txt:3: '10.0.0.0/33': the prefix length must be 0 to 32",
            "hosts.txt:4: 'c..d': neither a name nor an address, a prefix (10.0.0.0/24) or a range"
                + " (::1-::9)");
  }

  @Test
  void passesOverAByteOrderMark() throws IOException {
    assertThat(read("\uFEFF127.0.0.1\r\nb\r\n"))
        .hasSize(2)
        .last()
        .isEqualTo(new TargetSpec.Name("b"));
    assertThat(refusals).isEmpty();
  }

  @Test
  void refusesALineWithoutEnd() {
    String text = "a\n" + "\0".repeat(TargetWords.LONGEST_LINE + 1);

    assertThatIOException()
        .isThrownBy(() -> read(text))
        .withMessage("line 2 has more than 1000000 characters");
  }
}
