package io.ringtap.system.situation;

import io.ringtap.system.Command;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The same question to ping, fping and Ringtap at the same time, in one namespace. Each method
/// returns a trial with one thing changed.
///
/// @param row what the situation is called in the table that the tests print
/// @param targets each as all tools take it; fping and Ringtap ask all of them at once
/// @param form how probes are sent
/// @param options further options, as each tool has them
record Trial(
    String row, NetworkNamespace namespace, List<String> targets, Form form, Options options) {
  /// How probes are sent.
  ///
  /// @param size of the payload
  /// @param interval from one probe to the next, in milliseconds
  /// @param timeout in milliseconds
  record Form(int count, int size, int interval, int timeout) {}

  /// Options of each tool.
  record Options(List<String> ping, List<String> fping, List<String> ringtap) {}

  /// What the three have said of a target.
  record Verdicts(String row, Verdict ping, Verdict fping, RingtapVerdict ringtap) {
    @Override
    public String toString() {
      return "| %s | %s | %s | %s |".formatted(row, ping, fping, ringtap);
    }
  }

  /// Three small probes to each target.
  static Trial of(String row, NetworkNamespace namespace, String... targets) {
    Requirement.tool("ping");
    Requirement.tool("fping");
    Options none = new Options(List.of(), List.of(), List.of());
    return new Trial(row, namespace, List.of(targets), new Form(3, 18, 50, 400), none);
  }

  Trial named(String newRow) {
    return new Trial(newRow, namespace, targets, form, options);
  }

  Trial count(int probes) {
    return with(new Form(probes, form.size, form.interval, form.timeout));
  }

  Trial size(int bytes) {
    return with(new Form(form.count, bytes, form.interval, form.timeout));
  }

  Trial interval(int millis) {
    return with(new Form(form.count, form.size, millis, form.timeout));
  }

  Trial timeout(int millis) {
    return with(new Form(form.count, form.size, form.interval, millis));
  }

  private Trial with(Form newForm) {
    return new Trial(row, namespace, targets, newForm, options);
  }

  /// With further options of each tool, split at spaces.
  Trial options(String ofPing, String ofFping, String ofRingtap) {
    Options more = new Options(words(ofPing), words(ofFping), words(ofRingtap));
    return new Trial(row, namespace, targets, form, more);
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }

  /// Asks all three about the only target, and prints their verdicts as a row of a table.
  Verdicts run() throws IOException, InterruptedException {
    return runEach().values().iterator().next();
  }

  /// Asks all three about all targets, and prints their verdicts as rows of a table.
  ///
  /// @return the verdicts on each target
  Map<String, Verdicts> runEach() throws IOException, InterruptedException {
    List<Process> pings = new ArrayList<>();
    for (String target : targets) {
      pings.add(namespace.start(pingWords(target)));
    }
    Process fping = namespace.start(fpingWords());
    Process ringtap = ringtap(namespace).start(ringtapWords("--json"));
    Command.Result fromFping = Command.finish(fping);
    Command.Result fromRingtap = Command.finish(ringtap);
    Map<String, Verdicts> verdicts = new LinkedHashMap<>();
    for (int i = 0; i < targets.size(); i++) {
      String target = targets.get(i);
      Verdicts all =
          new Verdicts(
              targets.size() == 1 ? row : row + ", " + target,
              Verdict.ofPing(Command.finish(pings.get(i))),
              Verdict.ofFping(fromFping, target),
              RingtapVerdict.of(fromRingtap, target));
      System.out.println(all);
      verdicts.put(target, all);
    }
    return verdicts;
  }

  /// Asks Ringtap alone, which answers in words.
  Command.Result inWords() throws IOException, InterruptedException {
    return ringtap(namespace).run(ringtapWords());
  }

  /// Asks Ringtap alone.
  RingtapVerdict ofRingtap() throws IOException, InterruptedException {
    return RingtapVerdict.of(ringtap(namespace).run(ringtapWords("--json")), targets.getFirst());
  }

  /// Asks ping alone.
  Verdict ofPing() throws IOException, InterruptedException {
    return Verdict.ofPing(Command.finish(namespace.start(pingWords(targets.getFirst()))));
  }

  static Command ringtap(NetworkNamespace namespace) {
    return new Command(namespace);
  }

  private String[] pingWords(String target) {
    List<String> words = new ArrayList<>(List.of("ping", "-n", "-c", "" + form.count));
    words.addAll(List.of("-s", "" + form.size));
    words.addAll(List.of("-i", seconds(form.interval), "-W", seconds(form.timeout)));
    words.addAll(options.ping);
    words.add(target);
    return words.toArray(String[]::new);
  }

  private String[] fpingWords() {
    List<String> words = new ArrayList<>(List.of("fping", "-c", "" + form.count, "-i", "1"));
    words.addAll(List.of("-b", "" + form.size, "-p", "" + form.interval, "-t", "" + form.timeout));
    words.addAll(options.fping);
    words.addAll(targets);
    return words.toArray(String[]::new);
  }

  private String[] ringtapWords(String... more) {
    List<String> words = new ArrayList<>(List.of("ping", "-c", "" + form.count));
    words.addAll(List.of("-s", "" + form.size));
    words.addAll(List.of("-i", form.interval + "ms", "-W", form.timeout + "ms"));
    words.addAll(options.ringtap);
    words.addAll(List.of(more));
    words.addAll(targets);
    return words.toArray(String[]::new);
  }

  private static String seconds(int millis) {
    return "%d.%03d".formatted(millis / 1000, millis % 1000);
  }
}
