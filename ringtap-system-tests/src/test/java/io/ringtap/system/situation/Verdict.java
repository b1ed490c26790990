package io.ringtap.system.situation;

import io.ringtap.system.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What one tool said of a target.
///
/// @param errors ICMP errors that decided a probe; of fping, those that it wrote a line about
/// @param lines all that it printed
record Verdict(
    int sent,
    int received,
    int errors,
    int duplicates,
    int corrupted,
    int exitCode,
    List<String> lines) {
  private static final Pattern PING =
      Pattern.compile("(\\d+) packets transmitted, (\\d+) received(.*), [\\d.]+% packet loss.*");
  private static final Pattern FPING =
      Pattern.compile("(\\S+) +: xmt/rcv/%(?:loss|return) = (\\d+)/(\\d+)/.*");

  /// Reads what ping has printed; all counts are 0 where it has not come to a summary.
  static Verdict ofPing(Command.Result result) {
    List<String> lines = all(result);
    for (String line : lines) {
      Matcher summary = PING.matcher(line);
      if (summary.matches()) {
        return new Verdict(
            Integer.parseInt(summary.group(1)),
            Integer.parseInt(summary.group(2)),
            more(summary.group(3), "errors"),
            more(summary.group(3), "duplicates"),
            more(summary.group(3), "corrupted"),
            result.exitCode(),
            lines);
      }
    }
    return new Verdict(0, 0, 0, 0, 0, result.exitCode(), lines);
  }

  private static int more(String extras, String what) {
    Matcher found = Pattern.compile("\\+(\\d+) " + what).matcher(extras);
    return found.find() ? Integer.parseInt(found.group(1)) : 0;
  }

  /// Reads what fping has printed of one of its targets.
  static Verdict ofFping(Command.Result result, String target) {
    List<String> lines = all(result);
    int errors =
        (int) lines.stream().filter(line -> line.matches("ICMP .* sent to " + target)).count();
    for (String line : lines) {
      Matcher summary = FPING.matcher(line);
      if (summary.matches() && summary.group(1).equals(target)) {
        int sent = Integer.parseInt(summary.group(2));
        int received = Integer.parseInt(summary.group(3));
        return new Verdict(sent, received, errors, 0, 0, result.exitCode(), lines);
      }
    }
    return new Verdict(0, 0, errors, 0, 0, result.exitCode(), lines);
  }

  private static List<String> all(Command.Result result) {
    return Stream.concat(result.out().stream(), result.err().stream())
        .filter(line -> !line.isBlank())
        .toList();
  }

  @Override
  public String toString() {
    List<String> words = new ArrayList<>(List.of(received + "/" + sent));
    add(words, errors, "errors");
    add(words, duplicates, "duplicates");
    add(words, corrupted, "corrupted");
    if (exitCode > 1) {
      words.add("exit " + exitCode);
    }
    return String.join(", ", words);
  }

  private static void add(List<String> words, int count, String what) {
    if (count > 0) {
      words.add(count + " " + what);
    }
  }
}
