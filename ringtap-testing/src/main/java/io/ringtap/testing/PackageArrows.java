package io.ringtap.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The arrows between the packages of a module, as a test draws them, set beside those that its
/// compiled classes have. A package below another is drawn like any other: it may know its parent
/// only where that is drawn.
public final class PackageArrows {
  private static final String ROOT = "io.ringtap.";

  private final JavaClasses shipped;
  private final Map<String, List<String>> arrows = new TreeMap<>();
  private final Set<String> libraries = new TreeSet<>(Set.of("java..", "org.jspecify.annotations"));

  private PackageArrows(JavaClasses shipped) {
    this.shipped = shipped;
  }

  /// No arrows yet, for the module or directory of classes that `any` is from.
  public static PackageArrows in(Class<?> any) {
    return new PackageArrows(
        new ClassFileImporter().importUrl(any.getProtectionDomain().getCodeSource().getLocation()));
  }

  /// Draws what a package may know beside itself and the JDK.
  ///
  /// @param name without `io.ringtap.`
  /// @param known packages of ours, without it too
  public PackageArrows draw(String name, String... known) {
    arrows.put(name, List.of(known));
    return this;
  }

  /// Lets every package know a library.
  ///
  /// @param patterns of packages, as ArchUnit has them: `tools.jackson..`
  public PackageArrows allow(String... patterns) {
    libraries.addAll(Arrays.asList(patterns));
    return this;
  }

  /// Fails on an arrow that is not drawn, and on one that is drawn and no class uses; then on a
  /// package that is not drawn.
  public void check() {
    assertThat(shipped).isNotEmpty();
    arrows.forEach(this::checkOnlyThese);
    arrows.forEach(this::checkAllUsed);
    classes().should().resideInAnyPackage(qualified(arrows.keySet().stream())).check(shipped);
  }

  private void checkOnlyThese(String name, List<String> known) {
    String[] ours = qualified(Stream.concat(Stream.of(name), known.stream()));
    classes()
        .that()
        .resideInAPackage(ROOT + name)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            Stream.concat(libraries.stream(), Arrays.stream(ours)).toArray(String[]::new))
        .check(shipped);
  }

  private void checkAllUsed(String name, List<String> known) {
    Set<String> used =
        shipped.stream()
            .filter(each -> each.getPackageName().equals(ROOT + name))
            .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
            .map(dependency -> dependency.getTargetClass().getBaseComponentType().getPackageName())
            .collect(Collectors.toSet());
    assertThat(used)
        .as("arrows of %s", name)
        .containsAll(known.stream().map(ROOT::concat).toList());
  }

  private static String[] qualified(Stream<String> names) {
    return names.map(ROOT::concat).toArray(String[]::new);
  }
}
