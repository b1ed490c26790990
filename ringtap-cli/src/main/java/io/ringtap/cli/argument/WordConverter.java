package io.ringtap.cli.argument;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the constants of an enum by the words that users know them by. An option has a subclass of
/// its own, without arguments, as picocli needs it.
public abstract class WordConverter<E extends Enum<E>> implements ITypeConverter<E>, FixedWords {
  private final List<E> constants;
  private final Function<? super E, String> word;

  /// Reads names in lower case, with hyphens.
  protected WordConverter(Class<E> type) {
    this(type, constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /// @param word what users call a constant
  protected WordConverter(Class<E> type, Function<? super E, String> word) {
    constants = Arrays.asList(type.getEnumConstants());
    this.word = word;
  }

  @Override
  public E convert(String text) {
    for (E constant : constants) {
      if (word.apply(constant).equals(text)) {
        return constant;
      }
    }
    List<String> words = words();
    int last = words.size() - 1;
    throw new TypeConversionException(
        "'%s' is not %s or %s"
            .formatted(text, String.join(", ", words.subList(0, last)), words.get(last)));
  }

  @Override
  public List<String> words() {
    return constants.stream().<String>map(word).toList();
  }
}
