package io.ringtap.system;

import io.ringtap.error.Errno;
import io.ringtap.linux.abi.CHeader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.FieldModel;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.reflect.AccessFlag;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What one class of `io.ringtap.linux.abi` says about C: C expressions and the values that the
/// class takes them to have.
///
/// @param name the class
/// @param headers what to include before the expressions mean anything
/// @param values each expression with its value, in the order of the class
record Transcript(String name, List<String> headers, Map<String, Long> values) {

  /// The transcripts of all classes with [CHeader], and of [Errno].
  static List<Transcript> all() throws IOException {
    List<Transcript> transcripts = new ArrayList<>();
    for (Class<?> type : classes()) {
      CHeader header = type.getAnnotation(CHeader.class);
      if (header != null) {
        Map<String, Long> values = constants(type);
        if (!header.type().isEmpty()) {
          values.putAll(layout(header, type));
        }
        transcripts.add(new Transcript(type.getSimpleName(), List.of(header.value()), values));
      }
    }
    transcripts.add(new Transcript("Errno", List.of("errno.h"), errors()));
    return transcripts;
  }

  /// Every class of the transcripts' packages, from wherever the build put it.
  private static List<Class<?>> classes() throws IOException {
    try {
      Path source =
          Path.of(CHeader.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(source)) {
        return classesUnder(source);
      }
      URI jar = URI.create("jar:" + source.toUri());
      try (FileSystem files = FileSystems.newFileSystem(jar, Map.of())) {
        return classesUnder(files.getPath("/"));
      }
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static List<Class<?>> classesUnder(Path root) throws IOException {
    Path folder = root.resolve(CHeader.class.getPackageName().replace('.', '/'));
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(file -> file.endsWith(".class") && !file.endsWith("package-info.class"))
          .sorted()
          .<Class<?>>map(
              file -> load(file.substring(0, file.length() - ".class".length()).replace('/', '.')))
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, CHeader.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new LinkageError(name, e);
    }
  }

  /// The public numbers that the class file holds as constants: reflection alone could not tell
  /// them from what is computed, such as a layout's size.
  private static Map<String, Long> constants(Class<?> type) {
    Map<String, Long> constants = new LinkedHashMap<>();
    String file = "/" + type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getResourceAsStream(file)) {
      for (FieldModel field : ClassFile.of().parse(in.readAllBytes()).fields()) {
        boolean isPublic = field.flags().has(AccessFlag.PUBLIC);
        field
            .findAttribute(Attributes.constantValue())
            .filter(_ -> isPublic)
            .map(attribute -> attribute.constant().constantValue())
            .filter(value -> value instanceof Integer || value instanceof Long)
            .ifPresent(value ->
                constants.put(field.fieldName().stringValue(), ((Number) value).longValue()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return constants;
  }

  private static Map<String, Long> layout(CHeader header, Class<?> type) {
    Map<String, Long> values = new LinkedHashMap<>();
    String cType = header.type();
    GroupLayout layout;
    try {
      layout = (GroupLayout) type.getField("LAYOUT").get(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type + " names a C type and has no public LAYOUT", e);
    }
    if (header.isBeginning()) {
      values.put("sizeof(" + cType + ") >= " + layout.byteSize(), 1L); // true, in C
    } else {
      values.put("sizeof(" + cType + ")", layout.byteSize());
    }
    addMembers(values, cType, layout, 0);
    return values;
  }

  /// The members of a group that lies `base` bytes from the beginning of the type.
  private static void addMembers(
      Map<String, Long> values, String cType, GroupLayout layout, long base) {
    List<MemoryLayout> members = layout.memberLayouts();
    for (int i = 0; i < members.size(); i++) {
      MemoryLayout member = members.get(i);
      long offset = base + layout.byteOffset(PathElement.groupElement(i));
      if (member.name().isPresent()) {
        String name = member.name().get();
        values.put("offsetof(" + cType + ", " + name + ")", offset);
        values.put("sizeof(((" + cType + " *) 0)->" + name + ")", member.byteSize());
      } else if (member instanceof GroupLayout anonymous) {
        addMembers(values, cType, anonymous, offset);
      }
    }
  }

  private static Map<String, Long> errors() {
    Map<String, Long> errors = new LinkedHashMap<>();
    for (var field : Errno.class.getFields()) {
      try {
        if (field.get(null) instanceof Errno errno) {
          errors.put(field.getName(), (long) errno.number());
        }
      } catch (IllegalAccessException e) {
        throw new LinkageError(field.toString(), e);
      }
    }
    return errors;
  }
}
