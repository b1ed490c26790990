package io.ringtap.monitor.config;

import io.ringtap.monitor.config.yaml.Mistakes;
import io.ringtap.monitor.config.yaml.Section;
import io.ringtap.monitor.config.yaml.Values;
import io.ringtap.monitor.config.yaml.YamlNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads `alerting:`.
final class DeliveryReader {
  private final Mistakes mistakes;

  DeliveryReader(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  DeliveryConfig read(Section section) {
    List<List<String>> commands = new ArrayList<>();
    for (YamlNode node : section.list("commands")) {
      addCommand(node, commands);
    }
    List<DeliveryConfig.Maintenance> maintenance = new ArrayList<>();
    for (YamlNode node : section.list("maintenance")) {
      addMaintenance(
          Section.of(node, "write {from: 2026-12-01T22:00:00Z, to: ..., labels: {...}}", mistakes),
          maintenance);
    }
    DeliveryConfig delivery =
        new DeliveryConfig(
            section.list("alertmanagers", Places::http),
            section.list("webhooks", Places::http),
            List.copyOf(commands),
            section.value(
                "repeat",
                DeliveryConfig.NONE.repeat(),
                text -> Values.duration(text, Duration.ofSeconds(1), Duration.ofDays(1))),
            List.copyOf(maintenance));
    section.end();
    return delivery;
  }

  private void addCommand(YamlNode node, List<List<String>> commands) {
    if (!(node instanceof YamlNode.Sequence(List<YamlNode> items, _, _)) || items.isEmpty()) {
      mistakes.add(
          node,
          "a command is a list of words, for no shell reads it",
          "write - [/usr/bin/notify, --urgent]");
      return;
    }
    List<String> words = new ArrayList<>();
    for (YamlNode item : items) {
      String word = Section.value(item, "command", text -> text, mistakes);
      if (word != null) {
        words.add(word);
      }
    }
    commands.add(List.copyOf(words));
  }

  private void addMaintenance(Section section, List<DeliveryConfig.Maintenance> all) {
    Instant from = section.required("from", Values::instant);
    Instant to = section.required("to", Values::instant);
    Section labelled = section.section("labels");
    Map<String, String> labels = new TreeMap<>();
    for (YamlNode.Scalar key : labelled.keys()) {
      String value = labelled.value(key.text(), text -> text);
      labels.put(key.text(), value == null ? "" : value);
    }
    section.end();
    if (from != null && to != null && !from.isBefore(to)) {
      mistakes.add(section.where(), "a maintenance that ends before it begins", "");
    } else if (from != null && to != null) {
      all.add(new DeliveryConfig.Maintenance(from, to, Map.copyOf(labels)));
    }
  }
}
