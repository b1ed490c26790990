package io.ringtap.monitor.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlFileTest {
  @TempDir Path folder;

  @Test
  void knowsTheLineAndColumnOfEachNode() throws IOException {
    YamlNode list = entries("a: 1\nlist:\n  - x\n  - {k: v}\n").get(1).value();

    List<YamlNode> items = ((YamlNode.Sequence) list).items();
    assertThat(items.get(0)).isEqualTo(new YamlNode.Scalar("x", true, 3, 5));
    assertThat(items.get(1).line()).isEqualTo(4);
  }

  @Test
  void takesAnAliasForItsAnchor() throws IOException {
    List<YamlNode.Entry> entries = entries("a: &x 1\nb: *x\n");

    assertThat(entries.get(1).value()).isSameAs(entries.get(0).value());
  }

  @Test
  void refusesAliasesThatMakeTooMuchOfLittle() throws IOException {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      String alias = ("*a" + (i - 1) + ",").repeat(10);
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, alias.substring(0, alias.length() - 1)));
    }

    assertThat(mistakes(bomb.toString())).hasSize(1).first().asString().contains("with aliases");
  }

  @Test
  void refusesAnAnchorInsideItself() throws IOException {
    assertThat(mistakes("a: &x [*x]\n"))
        .first()
        .asString()
        .contains("f:1:8: there is no anchor 'x'");
  }

  @Test
  void refusesDeepNesting() throws IOException {
    assertThat(mistakes("[".repeat(100_000))).first().asString().contains("nested more than");
  }

  @Test
  void saysWhereATabIs() throws IOException {
    assertThat(mistakes("a:\n\tb: 1\n"))
        .containsExactly(
            new Mistake("f", 2, 1, "a tab where YAML allows only blanks", "indent with blanks"));
  }

  @Test
  void refusesASecondDocument() throws IOException {
    assertThat(mistakes("a: 1\n---\nb: 1\n"))
        .first()
        .asString()
        .contains("f:2:1: a second document");
  }

  @Test
  void namesBothLinesOfAKeyThatIsThereTwice() throws IOException {
    assertThat(mistakes("a: 1\nb: 1\na: 2\n"))
        .first()
        .asString()
        .contains("f:3:1: the key 'a' again, as in line 1");
  }

  @Test
  void saysWhereTextIsNotUtf8() throws IOException {
    Path file = folder.resolve("latin");
    Files.write(file, "a: 1\nb: \u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    Mistakes mistakes = new Mistakes("f");

    YamlNode root = YamlFile.read(file, mistakes);

    assertThat(root).isNull();
    assertThat(mistakes.all())
        .containsExactly(new Mistake("f", 2, 4, "not UTF-8 text", "save the file as UTF-8"));
  }

  @Test
  void saysWhereAControlCharacterIs() throws IOException {
    assertThat(mistakes("a: 1\nb: \u0007\n")).first().asString().contains("f:2:4: a control");
  }

  @Test
  void refusesAFileOfMoreThan32Megabytes() throws IOException {
    Path file = folder.resolve("large");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(32_000_001);
    }
    Mistakes mistakes = new Mistakes("f");

    YamlNode root = YamlFile.read(file, mistakes);

    assertThat(root).isNull();
    assertThat(mistakes.all()).first().asString().contains("larger than 32 MB");
  }

  @Test
  void refusesTagsAndKeysThatAreNoText() throws IOException {
    assertThat(mistakes("a: !!binary x\n")).first().asString().contains("the tag");
    assertThat(mistakes("[1, 2]: x\n")).first().asString().contains("a key that is no plain text");
  }

  @Test
  void saysThatAFileIsNotThere() {
    Mistakes mistakes = new Mistakes("f");

    YamlNode root = YamlFile.read(folder.resolve("none"), mistakes);

    assertThat(root).isNull();
    assertThat(mistakes.all()).first().asString().contains("there is no such file");
  }

  private List<YamlNode.Entry> entries(String text) throws IOException {
    YamlNode root = YamlFile.read(file(text), new Mistakes("f"));
    return root instanceof YamlNode.Mapping mapping ? mapping.entries() : List.of();
  }

  private List<Mistake> mistakes(String text) throws IOException {
    Mistakes mistakes = new Mistakes("f");
    YamlFile.read(file(text), mistakes);
    return mistakes.all();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("file.yml"), text);
  }
}
