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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Keeps the arrows between the packages as the design draws them.
class ArchitectureTest {
  /// What each package may know beside itself and the JDK.
  private static final Map<String, List<String>> ARROWS =
      Map.of(
          "linux", List.of(),
          "packet", List.of(),
          "bpf", List.of("packet"),
          "savefile", List.of("packet"),
          "device", List.of("linux"),
          "capture", List.of("linux", "packet", "bpf", "savefile", "device"),
          "ping", List.of("linux", "packet", "bpf", "capture", "device"));

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
                    .map(ArchitectureTest::subtree))
            .toArray(String[]::new);

    classes()
        .that()
        .resideInAPackage(subtree(name))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(known)
        .allowEmptyShould(true)
        .check(SHIPPED);
  }

  @Test
  void hasNoPackageThatTheDesignDoesNotDraw() {
    assertThat(SHIPPED).isNotEmpty();
    classes()
        .should()
        .resideInAnyPackage(packages().map(ArchitectureTest::subtree).toArray(String[]::new))
        .check(SHIPPED);
  }

  @Test
  void callsNativeCodeFromTheLinuxPackageAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage(subtree("linux"))
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Linker.class, SymbolLookup.class)
        .check(SHIPPED);
    noClasses()
        .that()
        .resideOutsideOfPackage(subtree("linux"))
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

  private static String subtree(String name) {
    return "io.ringtap." + name + "..";
  }
}
