package io.ringtap.cli.ping;

import io.ringtap.cli.run.Messages;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// Says what a value was taken for that means something else to ping or fping, where it looks as if
/// that was meant.
final class Habits {
  private static final int LONG_INTERVAL = 10; // seconds; fping counts milliseconds
  private static final int LONG_TIMEOUT = 60;
  private static final int LEAST_PERIOD = 10; // milliseconds, as fping has it
  private static final int USUAL_HOPS = 64;
  private static final List<String> FULL_HOPS = List.of("128", "255");
  private static final int DSCP_VALUES = 64;
  private static final int DSCP_SHIFT = 2;

  private Habits() {}

  /// Prints a line for each value in question.
  static void warn(ParseResult parsed, Messages messages) {
    Integer interval = bareNumber(parsed, "-i");
    if (interval != null && interval >= LONG_INTERVAL) {
      messages.print(
          "-i %1$d is %1$d seconds between the probes of a target; milliseconds are -i %1$dms"
              .formatted(interval));
    }
    Integer timeout = bareNumber(parsed, "-W");
    if (timeout != null && timeout >= LONG_TIMEOUT) {
      messages.print("-W %1$d is %1$d seconds; milliseconds are -W %1$dms".formatted(timeout));
    }
    Integer hops = bareNumber(parsed, "-t");
    if (hops != null && hops > USUAL_HOPS && !FULL_HOPS.contains(hops.toString())) {
      messages.print("-t %1$d is a TTL of %1$d; a timeout of %1$d ms is -W %1$dms".formatted(hops));
    }
    Integer pattern = bareNumber(parsed, "-p");
    if (pattern != null && pattern >= LEAST_PERIOD) {
      messages.print(
          "-p %1$d fills payloads with that pattern; %1$d ms between probes are -i %1$dms"
              .formatted(pattern));
    }
    Integer tos = bareNumber(parsed, "-Q");
    if (tos != null && tos > 0 && tos < DSCP_VALUES) {
      messages.print(
          "-Q %1$d is a TOS of 0x%1$02x, so DSCP %2$d; DSCP %1$d is -Q 0x%3$02x"
              .formatted(tos, tos >> DSCP_SHIFT, tos << DSCP_SHIFT));
    }
  }

  /// The value of an option that is a number without a unit or a prefix.
  private static @Nullable Integer bareNumber(ParseResult parsed, String name) {
    OptionSpec option = parsed.matchedOption(name);
    if (option == null || option.originalStringValues().isEmpty()) {
      return null;
    }
    String value = option.originalStringValues().getLast();
    return value.matches("\\d{1,9}") ? Integer.valueOf(value) : null;
  }
}
