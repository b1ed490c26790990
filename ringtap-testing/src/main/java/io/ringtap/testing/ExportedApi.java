package io.ringtap.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.module.ModuleDescriptor.Requires;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The API of a module: the public and protected types of its exported packages, with the
/// signatures of their public and protected members.
///
/// The check is javac's `-Xlint:exports` without annotations. Because of its annotations, the lint
/// demands `requires static transitive org.jspecify`, and with that javac needs jspecify on the
/// module path of every user of the module.
public final class ExportedApi {
  private final JavaClasses shipped;
  private final Module module;
  private final Set<Module> readable = new HashSet<>();

  private ExportedApi(Class<?> any) {
    shipped =
        new ClassFileImporter().importUrl(any.getProtectionDomain().getCodeSource().getLocation());
    module = any.getModule();
    addReadable(module);
    readable.add(Object.class.getModule());
  }

  /// The API of the module that `any` is from. The test must run on the module path.
  public static ExportedApi of(Class<?> any) {
    return new ExportedApi(any);
  }

  /// Fails on a type in a signature, or a supertype, that a user of the module cannot name: its
  /// package is not exported, or its module is not required transitively.
  public void check() {
    assertThat(module.isNamed()).isTrue();
    assertThat(shipped.stream().filter(this::isShown))
        .isNotEmpty()
        .allSatisfy(type -> assertThat(hiddenIn(type)).as(type.getName()).isEmpty());
  }

  /// Fails if the API is not the one that `src/test/api.txt` of the module has.
  public void checkUnchanged() {
    assertThat(module.isNamed()).isTrue();
    List<Class<?>> types = new ArrayList<>();
    shipped.stream()
        .filter(this::isShown)
        .sorted(Comparator.comparing(JavaClass::getName))
        .forEach(type -> types.add(type.reflect()));
    new ApiText(module.getDescriptor(), types).check();
  }

  private void addReadable(Module required) {
    if (readable.add(required)) {
      required.getDescriptor().requires().stream()
          .filter(each -> each.modifiers().contains(Requires.Modifier.TRANSITIVE))
          .flatMap(each -> required.getLayer().findModule(each.name()).stream())
          .forEach(this::addReadable);
    }
  }

  private Stream<JavaClass> hiddenIn(JavaClass type) {
    Stream<JavaClass> members =
        rawTypes(
                type.getMembers().stream()
                    .filter(member -> isShown(member.getModifiers()))
                    .flatMap(ExportedApi::signature))
            .filter(shown -> !isShown(shown));
    // A supertype may be package-private, if its package is exported.
    Stream<JavaClass> supertypes =
        rawTypes(Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream()))
            .filter(shown -> !isExported(shown));
    return Stream.concat(members, supertypes);
  }

  private static Stream<JavaClass> rawTypes(Stream<JavaType> types) {
    return types
        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
        .map(JavaClass::getBaseComponentType)
        .filter(type -> !type.isPrimitive());
  }

  private static Stream<JavaType> signature(JavaMember member) {
    return member instanceof JavaCodeUnit code
        ? Stream.concat(
            Stream.of(code.getReturnType()),
            Stream.concat(code.getParameterTypes().stream(), code.getExceptionTypes().stream()))
        : member.getAllInvolvedRawTypes().stream().map(JavaType.class::cast);
  }

  private boolean isShown(JavaClass type) {
    return isExported(type)
        && isShown(type.getModifiers())
        && type.getEnclosingClass().map(this::isShown).orElse(true);
  }

  private boolean isExported(JavaClass type) {
    Module owner = type.reflect().getModule();
    return readable.contains(owner) && owner.isExported(type.getPackageName());
  }

  private static boolean isShown(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }
}
