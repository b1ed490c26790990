package io.ringtap.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.instruction.BranchInstruction;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The step of the build that gives picocli's classes the stack maps without which an AOT cache
/// takes none of them.
class AddStackMapsTest {
  private static final Path STEP = Path.of("..", ".build", "AddStackMaps.java");

  @TempDir static Path directory;
  private static Path original;
  private static Path converted;

  @BeforeAll
  static void convert() throws Exception {
    original =
        Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    converted = Files.copy(original, directory.resolve("picocli-copy.jar"));
    Process step =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                STEP.toString(),
                directory.toString(),
                "picocli")
            .redirectErrorStream(true)
            .start();
    assertThat(step.inputReader().lines()).isEmpty();
    assertThat(step.waitFor()).isZero();
  }

  private static List<String> names(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream().map(JarEntry::getName).toList();
    }
  }

  private static List<ClassModel> classes(Path jar) throws IOException {
    List<ClassModel> models = new ArrayList<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : file.stream().filter(each -> isClass(each.getName())).toList()) {
        models.add(ClassFile.of().parse(file.getInputStream(entry).readAllBytes()));
      }
    }
    return models;
  }

  private static boolean isClass(String name) {
    return name.endsWith(".class") && !name.endsWith("module-info.class");
  }

  private static boolean lacksMaps(ClassModel model) {
    return model.methods().stream()
        .flatMap(method -> method.code().stream())
        .anyMatch(code ->
            code.elementStream().anyMatch(BranchInstruction.class::isInstance)
                && code.findAttribute(Attributes.stackMapTable()).isEmpty());
  }

  @Test
  void addsMapsToAllMethodsThatBranchAndKeepsAllElse() throws IOException {
    assertThat(classes(original)).anyMatch(AddStackMapsTest::lacksMaps);

    assertThat(classes(converted))
        .allMatch(model -> model.majorVersion() >= ClassFile.JAVA_6_VERSION)
        .noneMatch(AddStackMapsTest::lacksMaps);
    assertThat(names(converted)).isEqualTo(names(original));
  }

  @Test
  void makesClassesThatTheJvmVerifiesAndRuns() throws Exception {
    int run = 0;
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {converted.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      for (String name : names(converted).stream().filter(AddStackMapsTest::isClass).toList()) {
        String type = name.substring(0, name.length() - ".class".length()).replace('/', '.');
        if (!type.startsWith("picocli.groovy")) { // which need Groovy
          Class.forName(type, true, loader);
          run++;
        }
      }
    }

    assertThat(run).isGreaterThan(200);
  }
}
