package io.ringtap.dist.manual;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.AccessFlag;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The words with which classes write JSON, from their constants.
///
/// @param words names of properties, and values that are words
/// @param endings of names that are put together from a word and an ending
record WrittenNames(Set<String> words, Set<String> endings) {
  private static final Pattern WORD = Pattern.compile("[a-z][A-Za-z0-9]*(_[a-z0-9]+)*(\\(ms\\))?");
  private static final Pattern QUOTED = Pattern.compile("\"(\\w+)\"");
  private static final String GENERATOR = "tools/jackson/core/JsonGenerator";

  WrittenNames() {
    this(new TreeSet<>(), new TreeSet<>());
  }

  /// Adds those of the methods that use a generator of Jackson's, or of all if none does.
  void add(String className) throws IOException {
    ClassModel model = read(className);
    List<MethodModel> methods = model.methods();
    if (methods.stream().anyMatch(WrittenNames::usesGenerator)) {
      methods = methods.stream().filter(WrittenNames::usesGenerator).toList();
    }
    methods.forEach(method -> elements(method).forEach(this::add));
  }

  private void add(CodeElement element) {
    if (element instanceof ConstantInstruction constant
        && constant.constantValue() instanceof String text) {
      if (WORD.matcher(text).matches()) {
        words.add(text);
      }
      QUOTED.matcher(text).results().forEach(each -> words.add(each.group(1)));
    } else if (element instanceof InvokeDynamicInstruction call
        && call.name().equalsString("makeConcatWithConstants")
        && call.bootstrapArgs().getFirst() instanceof String recipe
        && recipe.startsWith("\1_")) {
      endings.add(recipe.substring(1));
    }
  }

  /// Adds the names of an enum's constants, as they are printed.
  void addConstantsOf(String enumName) throws IOException {
    for (FieldModel field : read(enumName).fields()) {
      if (field.flags().has(AccessFlag.ENUM)) {
        words.add(field.fieldName().stringValue().toLowerCase(Locale.ROOT));
      }
    }
  }

  /// Whether a property of this name may be written.
  boolean have(String name) {
    return words.contains(name)
        || endings.stream()
            .anyMatch(ending ->
                name.endsWith(ending)
                    && words.contains(name.substring(0, name.length() - ending.length())));
  }

  private static boolean usesGenerator(MethodModel method) {
    return elements(method)
        .anyMatch(element ->
            element instanceof InvokeInstruction call
                && (call.owner().asInternalName().equals(GENERATOR)
                    || call.type().stringValue().contains(GENERATOR)));
  }

  private static Stream<CodeElement> elements(MethodModel method) {
    return method.code().stream().flatMap(code -> code.elementStream());
  }

  private static ClassModel read(String className) throws IOException {
    try (InputStream file =
        WrittenNames.class.getResourceAsStream('/' + className.replace('.', '/') + ".class")) {
      if (file == null) {
        throw new IOException(className + " is not there");
      }
      return ClassFile.of().parse(file.readAllBytes());
    }
  }
}
