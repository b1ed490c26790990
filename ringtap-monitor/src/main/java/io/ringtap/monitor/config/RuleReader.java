package io.ringtap.monitor.config;

import io.ringtap.monitor.config.yaml.Form;
import io.ringtap.monitor.config.yaml.Mistakes;
import io.ringtap.monitor.config.yaml.Section;
import io.ringtap.monitor.config.yaml.Values;
import io.ringtap.monitor.config.yaml.YamlNode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `alerts:`: when something is an event.
final class RuleReader {
  private static final Duration LONGEST_HOLD = Duration.ofDays(1);

  /// The windows of each target are kept in memory.
  private static final Duration LONGEST_WINDOW = Duration.ofHours(1);

  private final Mistakes mistakes;

  private RuleReader(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  /// Takes the key `alerts` of a section.
  ///
  /// @param base what holds where the section says nothing
  /// @return by kind, in the order of [EventKind]
  static List<RuleConfig> read(Section section, List<RuleConfig> base, Mistakes mistakes) {
    YamlNode node = section.take("alerts");
    if (node == null) {
      return base;
    }
    if (node instanceof YamlNode.Scalar(String text, _, _, _) && text.equals("off")) {
      return List.of();
    }
    Section alerts =
        Section.of(node, "write alerts: with down:, loss: ... below it, or alerts: off", mistakes);
    Map<EventKind, RuleConfig> rules = new EnumMap<>(EventKind.class);
    base.forEach(rule -> rules.put(rule.kind(), rule));
    RuleReader reader = new RuleReader(mistakes);
    for (EventKind kind : EventKind.values()) {
      YamlNode ruleNode = alerts.take(kind.word());
      if (ruleNode != null) {
        reader.change(kind, ruleNode, rules);
      }
    }
    alerts.end();
    return List.copyOf(rules.values());
  }

  private void change(EventKind kind, YamlNode node, Map<EventKind, RuleConfig> rules) {
    if (node instanceof YamlNode.Mapping) {
      Section section = Section.of(node, "", mistakes);
      RuleConfig rule = rule(kind, section, rules.get(kind));
      section.end();
      rules.put(kind, rule);
      return;
    }
    Boolean isOn = Section.value(node, kind.word(), Values::truth, mistakes);
    if (isOn == null) {
      return;
    }
    if (!isOn) {
      rules.remove(kind);
    } else if (kind == EventKind.LATENCY) {
      mistakes.add(node, "there is no usual latency to go by", "write latency: {above: 100ms}");
    } else {
      rules.putIfAbsent(kind, RuleConfig.usual(kind));
    }
  }

  /// @param inherited null if there is none
  private RuleConfig rule(EventKind kind, Section section, @Nullable RuleConfig inherited) {
    RuleConfig usual = RuleConfig.usual(kind);
    RuleConfig base = inherited == null ? usual : inherited;
    Duration hold =
        section.value(
            "for", base.hold(), text -> Values.duration(text, Duration.ZERO, LONGEST_HOLD));
    return switch (kind) {
      case DOWN -> {
        int after = section.whole("after", (int) base.limit(), 1, 10_000);
        yield new RuleConfig(kind, after, 1, Duration.ZERO, hold);
      }
      case ADDRESS, NAME -> new RuleConfig(kind, 1, 1, Duration.ZERO, hold);
      case LOSS, DUPLICATES -> figure(section, base, hold, Values::percent);
      case BASELINE -> figure(section, base, hold, Values::factor);
      case ROUTE -> figure(section, base, hold, text -> (double) Values.whole(text, 1, 10_000));
      case LATENCY -> {
        if (inherited == null && section.take("above") == null) {
          mistakes.add(section.where(), "a latency without limit", "write {above: 100ms}");
        }
        yield figure(section, base, hold, text -> (double) Values.duration(text).toNanos());
      }
    };
  }

  /// A rule that goes by a figure over a window.
  private RuleConfig figure(Section section, RuleConfig base, Duration hold, Form<Double> form) {
    Duration window = section.value("over", base.window(), RuleReader::window);
    double limit = section.value("above", base.limit(), form);
    // Who moves the limit only wants the same distance to it.
    double usualClear = limit * base.clear() / base.limit();
    double clear = section.value("clear", usualClear, form);
    String name = base.kind().word();
    if (limit <= 0 || clear <= 0) {
      mistakes.add(section.where(), name + ": above and clear must be more than 0", "");
      return base;
    }
    if (clear > limit) {
      mistakes.add(
          section.where(), name + ": clear is larger than above", "clear is where it ends");
      return base;
    }
    return new RuleConfig(base.kind(), limit, clear, window, hold);
  }

  private static Duration window(String text) {
    Duration window = Values.duration(text, Duration.ofSeconds(10), LONGEST_WINDOW);
    if (window.toNanos() % Duration.ofSeconds(10).toNanos() != 0) {
      throw new IllegalArgumentException("'" + text + "' is no multiple of 10s; write 30s or 1m");
    }
    return window;
  }
}
