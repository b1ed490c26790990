package io.ringtap.cli.source;

import io.ringtap.cli.run.BadArgument;
import java.util.stream.IntStream;

/// Reads lists of CPUs as the kernel writes them: `0,2-3`.
final class CpuList {
  private static final int MAX_CPU = 8191; // the most that Linux can be built for, less one

  private CpuList() {}

  static int[] parse(String text) throws BadArgument {
    IntStream all = IntStream.empty();
    for (String range : text.split(",", -1)) {
      int dash = range.indexOf('-');
      int first = number(text, dash < 0 ? range : range.substring(0, dash));
      int last = dash < 0 ? first : number(text, range.substring(dash + 1));
      if (last < first) {
        throw wrong(text);
      }
      all = IntStream.concat(all, IntStream.rangeClosed(first, last));
    }
    return all.toArray();
  }

  private static int number(String text, String digits) throws BadArgument {
    try {
      int number = Integer.parseInt(digits);
      if (number >= 0 && number <= MAX_CPU) {
        return number;
      }
    } catch (NumberFormatException _) {
      // the message below says what a list looks like
    }
    throw wrong(text);
  }

  private static BadArgument wrong(String text) {
    return new BadArgument("--cpus '" + text + "' is no list of CPUs, such as 0,2-3");
  }
}
