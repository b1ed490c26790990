package io.ringtap.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Compares the allowed dependencies between the packages of a module with those in its compiled
/// classes. A subpackage is a package like any other: it may use its parent only if that is
/// allowed.
public final class PackageArrows {
  private static final String ROOT = "io.ringtap.";

  private final JavaClasses shipped;
  private final Map<String, List<String>> arrows = new TreeMap<>();
  private final Set<String> libraries = new TreeSet<>(Set.of("java..", "org.jspecify.annotations"));

  private PackageArrows(JavaClasses shipped) {
    this.shipped = shipped;
  }

  /// Begins without any allowed dependency, for the jar or directory that contains `any`.
  public static PackageArrows in(Class<?> any) {
    return new PackageArrows(
        new ClassFileImporter().importUrl(any.getProtectionDomain().getCodeSource().getLocation()));
  }

  /// Declares which packages a package depends on, apart from itself and the JDK.
  ///
  /// @param name without `io.ringtap.`
  /// @param known packages of Ringtap, also without `io.ringtap.`
  public PackageArrows draw(String name, String... known) {
    arrows.put(name, List.of(known));
    return this;
  }

  /// Allows every package to use a library.
  ///
  /// @param patterns package patterns of ArchUnit, such as `tools.jackson..`
  public PackageArrows allow(String... patterns) {
    libraries.addAll(Arrays.asList(patterns));
    return this;
  }

  /// What is wrong: each dependency that is not declared, each declared one that no class uses, and
  /// each package that is not declared. Empty if nothing is.
  public List<String> violations() {
    List<String> found = new ArrayList<>();
    if (shipped.isEmpty()) {
      found.add("no classes were found");
    }
    arrows.forEach((name, known) -> found.addAll(undeclared(name, known)));
    arrows.forEach((name, known) -> found.addAll(unused(name, known)));
    found.addAll(
        details(classes().should().resideInAnyPackage(qualified(arrows.keySet().stream()))));
    return found;
  }

  private List<String> undeclared(String name, List<String> known) {
    String[] ours = qualified(Stream.concat(Stream.of(name), known.stream()));
    return details(
        classes()
            .that()
            .resideInAPackage(ROOT + name)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                Stream.concat(libraries.stream(), Arrays.stream(ours)).toArray(String[]::new)));
  }

  private List<String> unused(String name, List<String> known) {
    Set<String> used =
        shipped.stream()
            .filter(each -> each.getPackageName().equals(ROOT + name))
            .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
            .map(dependency -> dependency.getTargetClass().getBaseComponentType().getPackageName())
            .collect(Collectors.toSet());
    return known.stream()
        .filter(each -> !used.contains(ROOT + each))
        .map(each -> "no class of " + name + " uses " + each)
        .toList();
  }

  private List<String> details(ArchRule rule) {
    return rule.evaluate(shipped).getFailureReport().getDetails();
  }

  private static String[] qualified(Stream<String> names) {
    return names.map(ROOT::concat).toArray(String[]::new);
  }
}
