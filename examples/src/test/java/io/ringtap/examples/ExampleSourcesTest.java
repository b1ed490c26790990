package io.ringtap.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Rules for the text of all examples.
class ExampleSourcesTest {
  private static final Path SOURCES = Path.of("src/main/java/io/ringtap/examples");
  private static final Path TESTS = Path.of("src/test/java/io/ringtap/examples");
  private static final List<Path> DOCUMENTS =
      List.of(Path.of("../README.md"), Path.of("../docs/migrating.md"));
  private static final Path LIBRARY = Path.of("../ringtap-core/src/main/java");
  private static final Pattern JAVA_BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
  private static final int MOST_LINES = 20;

  static Stream<Path> examples() throws IOException {
    return sources(SOURCES).stream().filter(file -> !file.endsWith("package-info.java"));
  }

  static Stream<String> snippets() {
    return DOCUMENTS.stream()
        .map(ExampleSourcesTest::read)
        .flatMap(text -> JAVA_BLOCK.matcher(text).results().map(block -> block.group(1)));
  }

  /// Counts the lines between the class's braces, without empty lines, comments and the private
  /// constructor.
  @ParameterizedTest
  @MethodSource("examples")
  void hasAtMostTwentyLines(Path example) throws IOException {
    List<String> lines = lines(Files.readString(example));
    int first =
        lines.indexOf(lines.stream().filter(ExampleSourcesTest::isClass).findFirst().orElseThrow())
            + 1;

    assertThat(lines.subList(first, lines.size() - 1))
        .filteredOn(line -> !line.startsWith("//"))
        .filteredOn(line -> !line.matches("private \\w+\\(\\) \\{}"))
        .hasSizeLessThanOrEqualTo(MOST_LINES);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isRunByATest(Path example) throws IOException {
    String type = example.getFileName().toString().replace(".java", ".class");

    assertThat(sources(TESTS))
        .extracting(ExampleSourcesTest::read)
        .anyMatch(test -> test.contains(type));
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void isShownInTheDocumentsAsItIs(String snippet) throws IOException {
    String shown = String.join("\n", lines(snippet));

    assertThat(examples().map(example -> String.join("\n", lines(read(example)))))
        .anyMatch(source -> source.contains(shown));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isShownInTheJavadocOfALibraryPackage(Path example) throws IOException {
    String name = example.getFileName().toString().replace(".java", "");
    String shown = "{@snippet class=\"io.ringtap.examples.%s\" region=".formatted(name);

    try (Stream<Path> packages = Files.walk(LIBRARY)) {
      assertThat(packages.filter(file -> file.endsWith("package-info.java")))
          .anyMatch(file -> read(file).contains(shown));
    }
  }

  @Test
  void areShownInTheDocuments() throws IOException {
    assertThat(snippets()).isNotEmpty();
    assertThat(examples()).isNotEmpty();
  }

  private static boolean isClass(String line) {
    return line.startsWith("public final class ");
  }

  private static List<Path> sources(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  /// The lines that are not empty, without indentation.
  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
