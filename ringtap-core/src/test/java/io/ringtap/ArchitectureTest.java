package io.ringtap;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.ringtap.packet.Checksum;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Keeps the arrows between the packages as the design draws them.
class ArchitectureTest {
  /// What each package may know beside itself and the JDK. A package below another is drawn like
  /// any other: it may know its parent only where that is written here.
  private static final Map<String, List<String>> ARROWS =
      Map.ofEntries(
          entry("error"),
          entry("linux.abi"),
          entry("linux.abi.bpf", "linux.abi"),
          entry("linux.abi.ethtool", "linux.abi"),
          entry("linux.abi.netlink", "linux.abi"),
          entry("linux.abi.packet", "linux.abi"),
          entry("linux", "error", "linux.abi", "linux.abi.bpf", "linux.abi.netlink"),
          entry("packet"),
          entry("bpf", "linux.abi.bpf", "packet"),
          entry(
              "filter",
              "bpf",
              "filter.condition",
              "filter.explanation",
              "filter.graph",
              "filter.lowering",
              "filter.name",
              "filter.syntax",
              "packet"),
          entry("filter.condition", "bpf"),
          entry("filter.explanation", "filter.syntax", "packet"),
          entry("filter.graph", "bpf", "filter.condition"),
          entry(
              "filter.lowering",
              "bpf",
              "filter.condition",
              "filter.name",
              "filter.syntax",
              "packet"),
          entry("filter.name"),
          entry("filter.syntax", "packet"),
          entry("savefile", "packet"),
          entry(
              "device",
              "error",
              "linux",
              "linux.abi",
              "linux.abi.ethtool",
              "linux.abi.netlink",
              "packet"),
          entry(
              "socket",
              "bpf",
              "error",
              "linux",
              "linux.abi",
              "linux.abi.bpf",
              "linux.abi.packet",
              "packet"),
          entry(
              "capture",
              "bpf",
              "device",
              "error",
              "filter",
              "linux",
              "linux.abi",
              "linux.abi.ethtool",
              "linux.abi.packet",
              "packet",
              "savefile",
              "socket"),
          entry("print", "packet"),
          entry("send", "device", "error", "packet", "savefile", "socket"),
          entry("record", "capture", "error", "linux", "linux.abi", "packet", "savefile"),
          entry("top", "capture", "packet"),
          entry("ping", "error", "packet", "ping.engine"),
          entry("ping.engine", "bpf", "error", "linux", "linux.abi", "packet", "socket"));

  private static Map.Entry<String, List<String>> entry(String name, String... known) {
    return Map.entry(name, List.of(known));
  }

  private static final JavaClasses SHIPPED =
      new ClassFileImporter()
          .importUrl(Checksum.class.getProtectionDomain().getCodeSource().getLocation());

  static Stream<String> packages() {
    return ARROWS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void knowsOnlyThePackagesThatTheDesignDraws(String name) {
    String[] known =
        Stream.concat(
                Stream.of("java..", "jdk.jfr..", "org.jspecify.annotations.."),
                Stream.concat(Stream.of(name), ARROWS.get(name).stream())
                    .map(ArchitectureTest::qualified))
            .toArray(String[]::new);

    classes()
        .that()
        .resideInAPackage(qualified(name))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(known)
        .check(SHIPPED);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void drawsNoArrowThatNothingUses(String name) {
    Set<String> used =
        SHIPPED.stream()
            .filter(each -> each.getPackageName().equals(qualified(name)))
            .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
            .map(dependency -> dependency.getTargetClass().getBaseComponentType().getPackageName())
            .collect(Collectors.toSet());

    assertThat(used)
        .containsAll(ARROWS.get(name).stream().map(ArchitectureTest::qualified).toList());
  }

  @Test
  void hasNoPackageThatTheDesignDoesNotDraw() {
    assertThat(SHIPPED).isNotEmpty();
    classes()
        .should()
        .resideInAnyPackage(packages().map(ArchitectureTest::qualified).toArray(String[]::new))
        .check(SHIPPED);
  }

  @Test
  void callsNativeCodeFromTheLinuxPackageAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage(qualified("linux"))
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Linker.class, SymbolLookup.class)
        .check(SHIPPED);
    noClasses()
        .that()
        .resideOutsideOfPackage(qualified("linux"))
        .should()
        .callMethodWhere(isRestricted())
        .check(SHIPPED);
  }

  /// Methods that need `--enable-native-access`, beside those of [Linker] and [SymbolLookup].
  private static DescribedPredicate<JavaCall<?>> isRestricted() {
    return method(MemorySegment.class, "reinterpret")
        .or(method(AddressLayout.class, "withTargetLayout"))
        .or(method(ModuleLayer.Controller.class, "enableNativeAccess"))
        .or(method(System.class, "load|loadLibrary"))
        .or(method(Runtime.class, "load|loadLibrary"))
        .as("restricted methods");
  }

  private static DescribedPredicate<JavaCall<?>> method(Class<?> owner, String name) {
    return target(owner(assignableTo(owner))).and(target(nameMatching(name)));
  }

  private static String qualified(String name) {
    return "io.ringtap." + name;
  }
}
