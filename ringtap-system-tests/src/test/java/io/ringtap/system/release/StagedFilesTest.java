package io.ringtap.system.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// That the release has all its files, with what they are for in them.
class StagedFilesTest {
  private static final List<String> LIBRARY =
      List.of(".pom", ".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json");

  @Test
  void areThoseOfTheLibrariesTheirParentAndTheirVersions() throws IOException {
    Path root = Staging.directory();
    Stream<Path> wanted =
        Stream.of(
                Stream.of(Staging.file("ringtap", ".pom"), Staging.file("ringtap-bom", ".pom")),
                LIBRARY.stream().map(ending -> Staging.file("ringtap-core", ending)),
                LIBRARY.stream().map(ending -> Staging.file("ringtap-testnet", ending)))
            .flatMap(files -> files);

    try (Stream<Path> files = Files.walk(root)) {
      assertThat(files.filter(StagedFilesTest::isOfAnArtifact))
          .containsExactlyInAnyOrderElementsOf(wanted.toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ringtap-core", "ringtap-testnet"})
  void haveTheSourceOfEachClass(String library) throws IOException {
    Set<String> sources = names(library, "-sources.jar");

    assertThat(names(library, ".jar"))
        .filteredOn(name -> name.endsWith(".class"))
        .isNotEmpty()
        .allSatisfy(
            name -> assertThat(sources).contains(name.replaceFirst("(\\$.*)?\\.class$", ".java")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ringtap-core", "ringtap-testnet"})
  void describeEachExportedPackageAndNoOther(String library) throws IOException {
    ModuleDescriptor module =
        ModuleFinder.of(Staging.file(library, ".jar")).findAll().iterator().next().descriptor();
    Stream<String> exported =
        module.exports().stream()
            .filter(each -> !each.isQualified())
            .map(each -> module.name() + "/" + each.source().replace('.', '/'));

    assertThat(names(library, "-javadoc.jar"))
        .contains("index.html")
        .filteredOn(name -> name.endsWith("/package-summary.html"))
        .extracting(name -> name.replace("/package-summary.html", ""))
        .containsExactlyInAnyOrderElementsOf(exported.toList());
  }

  /// A file that is not Maven's own, nor a signature, which a release leaves here too.
  private static boolean isOfAnArtifact(Path file) {
    return Files.isRegularFile(file)
        && !file.toString().endsWith(".asc")
        && !file.endsWith("_remote.repositories")
        && !file.endsWith("maven-metadata-local.xml");
  }

  private static Set<String> names(String library, String ending) throws IOException {
    try (ZipFile jar = new ZipFile(Staging.file(library, ending).toFile())) {
      return jar.stream().map(ZipEntry::getName).collect(Collectors.toSet());
    }
  }
}
