package io.ringtap.testing;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The API of a module as a text, which is kept beside the tests: a line for each exported package,
/// each type that is shown, and each of its members. So nothing of the API changes unnoticed.
final class ApiText {
  private static final Path KEPT = Path.of("src/test/api.txt");
  private static final Path FOUND = Path.of("target/api.txt");

  private static final Set<String> OF_EACH_OBJECT = Set.of("equals", "hashCode", "toString");

  private final List<String> lines = new ArrayList<>();

  /// @param shown the types of the API, by name
  ApiText(ModuleDescriptor module, List<Class<?>> shown) {
    module.exports().stream()
        .filter(each -> !each.isQualified())
        .map(each -> "exports " + each.source())
        .sorted()
        .forEach(lines::add);
    module.requires().stream()
        .filter(each -> each.modifiers().contains(ModuleDescriptor.Requires.Modifier.TRANSITIVE))
        .map(each -> "requires transitive " + each.name())
        .sorted()
        .forEach(lines::add);
    for (Class<?> type : shown) {
      lines.add(head(type));
      Set<String> members = new TreeSet<>();
      for (Class<?> each = type; each != null; each = each.getSuperclass()) {
        // A user sees what a class that is not shown hands on.
        if (each == type || (each.getModule() == type.getModule() && !shown.contains(each))) {
          addMembers(members, each, each == type);
        }
      }
      members.forEach(member -> lines.add("  " + member));
    }
  }

  /// Fails if the kept text differs, and writes the one of now.
  void check() {
    try {
      List<String> kept = Files.exists(KEPT) ? Files.readAllLines(KEPT) : List.of();
      if (!kept.equals(lines)) {
        Files.createDirectories(FOUND.getParent());
        Files.write(FOUND, lines);
        fail(
            """
            The API differs from %s. If it is meant to, copy %s there and say so in CHANGELOG.md, with
            [Breaking] if a user's program may need a change.
            gone or changed:
            %s
            new:
            %s
            """
                .formatted(KEPT, FOUND, missing(kept, lines), missing(lines, kept)));
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  /// The lines of a text that another lacks, each below its type.
  private static String missing(List<String> from, List<String> other) {
    Set<String> there = Set.copyOf(qualified(other));
    return qualified(from).stream()
        .filter(line -> !there.contains(line))
        .collect(Collectors.joining("\n"));
  }

  private static List<String> qualified(List<String> text) {
    List<String> qualified = new ArrayList<>();
    String type = "";
    for (String line : text) {
      boolean isMember = line.startsWith("  ");
      type = isMember ? type : line;
      qualified.add(isMember ? type + " …" + line : line);
    }
    return qualified;
  }

  private static String head(Class<?> type) {
    StringBuilder head = new StringBuilder(type.toGenericString());
    Type parent = type.getGenericSuperclass();
    if (parent != null && parent != Object.class) {
      head.append(" extends ").append(parent.getTypeName());
    }
    append(head, " implements ", Stream.of(type.getGenericInterfaces()).map(Type::getTypeName));
    if (type.isSealed()) {
      // A user's switch covers them all.
      append(head, " permits ", Stream.of(type.getPermittedSubclasses()).map(Class::getName));
    }
    return head.toString();
  }

  private static void append(StringBuilder head, String word, Stream<String> names) {
    String list = names.sorted().collect(Collectors.joining(", "));
    head.append(list.isEmpty() ? "" : word + list);
  }

  private static void addMembers(Set<String> members, Class<?> type, boolean withConstructors) {
    Stream.of(type.getDeclaredFields(), type.getDeclaredMethods(), type.getDeclaredConstructors())
        .flatMap(Stream::of)
        .filter(each -> withConstructors || !(each instanceof Constructor))
        .filter(each -> isShown((Member) each))
        .map(each -> text(each).replace(type.getName() + ".", ""))
        .forEach(members::add);
  }

  private static boolean isShown(Member member) {
    return (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0
        && !member.isSynthetic()
        && !OF_EACH_OBJECT.contains(member.getName());
  }

  private static String text(AnnotatedElement member) {
    return member instanceof Field field
        ? field.toGenericString()
        : ((Executable) member).toGenericString();
  }
}
