package io.ringtap;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.ringtap.packet.Checksum;
import java.lang.module.ModuleDescriptor;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What an exported package shows can be named by who uses it: no type of a package that is not
/// exported stands in the signature of a member or in what a type extends.
class ExportedApiTest {
  private static final JavaClasses SHIPPED =
      new ClassFileImporter()
          .importUrl(Checksum.class.getProtectionDomain().getCodeSource().getLocation());

  private static final Set<String> EXPORTED =
      Checksum.class.getModule().getDescriptor().exports().stream()
          .filter(exported -> !exported.isQualified())
          .map(ModuleDescriptor.Exports::source)
          .collect(Collectors.toSet());

  @Test
  void showsNoTypeThatIsNotExported() {
    assertThat(EXPORTED).contains("io.ringtap.packet", "io.ringtap.ping");

    assertThat(SHIPPED.stream().filter(ExportedApiTest::isShown))
        .isNotEmpty()
        .allSatisfy(type -> assertThat(hiddenIn(type)).as(type.getName()).isEmpty());
  }

  private static Stream<JavaClass> hiddenIn(JavaClass type) {
    Stream<JavaClass> members =
        rawTypes(
                type.getMembers().stream()
                    .filter(member -> isShown(member.getModifiers()))
                    .flatMap(ExportedApiTest::signature))
            .filter(shown -> !isShown(shown));
    // A supertype may be seen by its package only, if that is an exported one.
    Stream<JavaClass> supertypes =
        rawTypes(Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream()))
            .filter(shown -> !EXPORTED.contains(shown.getPackageName()));
    return Stream.concat(members, supertypes)
        .filter(shown -> shown.getPackageName().startsWith("io.ringtap"));
  }

  private static Stream<JavaClass> rawTypes(Stream<JavaType> types) {
    return types
        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
        .map(JavaClass::getBaseComponentType);
  }

  private static Stream<JavaType> signature(JavaMember member) {
    return member instanceof JavaCodeUnit code
        ? Stream.concat(
            Stream.of(code.getReturnType()),
            Stream.concat(code.getParameterTypes().stream(), code.getExceptionTypes().stream()))
        : member.getAllInvolvedRawTypes().stream().map(JavaType.class::cast);
  }

  private static boolean isShown(JavaClass type) {
    return EXPORTED.contains(type.getPackageName())
        && isShown(type.getModifiers())
        && type.getEnclosingClass().map(ExportedApiTest::isShown).orElse(true);
  }

  private static boolean isShown(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }
}
