import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// Gives the classes of a jar the stack maps (JVMS 4.7.4) that those from before Java 6 do not have. An AOT cache
/// takes no class without them, and picocli is compiled for Java 5: reading, verifying and linking its classes one
/// by one would take a third of the start of a short command. Nothing else in the jar changes.
///
///     java AddStackMaps.java DIRECTORY PREFIX    all PREFIX*.jar in a directory, in place
public final class AddStackMaps {
  private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;

  private AddStackMaps() {}

  public static void main(String[] arguments) throws IOException {
    try (var jars = Files.newDirectoryStream(Path.of(arguments[0]), arguments[1] + "*.jar")) {
      for (Path jar : jars) {
        convert(jar);
      }
    }
  }

  private static void convert(Path jar) throws IOException {
    Map<ZipEntry, byte[]> entries = read(jar);
    ClassFile classFile = classFile(entries);
    Path made = Path.of(jar + ".next");
    boolean isChanged = false;
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(made))) {
      for (Map.Entry<ZipEntry, byte[]> entry : entries.entrySet()) {
        ZipEntry copy = new ZipEntry(entry.getKey().getName());
        copy.setLastModifiedTime(entry.getKey().getLastModifiedTime());
        out.putNextEntry(copy);
        byte[] bytes = entry.getValue();
        if (copy.getName().endsWith(".class")) {
          ClassModel model = classFile.parse(bytes);
          if (model.majorVersion() < FIRST_WITH_STACK_MAPS) {
            bytes = converted(classFile, model);
            isChanged = true;
          }
        }
        out.write(bytes);
      }
    }
    if (isChanged) {
      Files.move(made, jar, StandardCopyOption.ATOMIC_MOVE);
    } else {
      Files.delete(made);
    }
  }

  private static byte[] converted(ClassFile classFile, ClassModel model) {
    ClassTransform version =
        (builder, element) ->
            builder.with(
                element instanceof ClassFileVersion
                    ? ClassFileVersion.of(ClassFile.JAVA_8_VERSION, 0)
                    : element);
    // Methods that are copied whole would stay without maps, so their code is taken apart.
    ClassTransform code =
        ClassTransform.transformingMethodBodies(
            (CodeBuilder builder, CodeElement element) -> builder.with(element));
    byte[] bytes = classFile.transformClass(model, version.andThen(code));
    for (VerifyError error : classFile.verify(bytes)) {
      throw error;
    }
    return bytes;
  }

  /// Resolves classes among the entries, and those of the JDK.
  private static ClassFile classFile(Map<ZipEntry, byte[]> entries) {
    Map<String, byte[]> byName = new LinkedHashMap<>();
    entries.forEach((entry, bytes) -> byName.put(entry.getName(), bytes));
    ClassHierarchyResolver ofJar =
        ClassHierarchyResolver.ofResourceParsing(
            type -> {
              String descriptor = type.descriptorString(); // Lpicocli/CommandLine;
              byte[] bytes = byName.get(descriptor.substring(1, descriptor.length() - 1) + ".class");
              return bytes == null ? null : new ByteArrayInputStream(bytes);
            });
    return ClassFile.of(
        StackMapsOption.GENERATE_STACK_MAPS,
        ClassHierarchyResolverOption.of(ofJar.orElse(ClassHierarchyResolver.defaultResolver())));
  }

  private static Map<ZipEntry, byte[]> read(Path jar) throws IOException {
    Map<ZipEntry, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        in.transferTo(bytes);
        entries.put(entry, bytes.toByteArray());
      }
    }
    return entries;
  }
}
