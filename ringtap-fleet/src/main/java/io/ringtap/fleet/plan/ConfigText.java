package io.ringtap.fleet.plan;

import io.ringtap.fleet.record.TargetRecord;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.RuleConfig;
import io.ringtap.monitor.config.yaml.Values;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/// A target as the configuration would say it.
final class ConfigText {
  /// Enough for what somebody wrote, without what its way through a double added.
  private static final MathContext DIGITS = new MathContext(12);

  private ConfigText() {}

  /// Its values by their keys, `labels.NAME` and `alerts.KIND` among them. What is not set is not
  /// there.
  static Map<String, String> of(TargetRecord target) {
    Map<String, String> text = new LinkedHashMap<>();
    text.put("name", target.name());
    text.put("sites", target.sites().isEmpty() ? "all" : target.sites().toString());
    put(text, target.settings());
    target.labels().forEach((name, value) -> text.put("labels." + name, value));
    for (RuleConfig rule : target.rules()) {
      text.put("alerts." + rule.kind().word(), text(rule));
    }
    return text;
  }

  private static void put(Map<String, String> text, ProbeSettings settings) {
    text.put("interval", Values.text(settings.interval()));
    text.put("timeout", Values.text(settings.timeout()));
    text.put("size", String.valueOf(settings.payloadBytes()));
    text.put("tos", String.valueOf(settings.trafficClass()));
    text.put("ttl", String.valueOf(settings.hopLimit()));
    if (settings.source() != null) {
      text.put("source", settings.source());
    }
    if (settings.interfaceName() != null) {
      text.put("interface", settings.interfaceName());
    }
    text.put("transport", settings.transport().word());
    text.put("family", settings.family().word());
  }

  private static String text(RuleConfig rule) {
    StringJoiner text = new StringJoiner(", ", "{", "}");
    switch (rule.kind()) {
      case DOWN -> text.add("after: " + number(rule.limit()));
      case LOSS, DUPLICATES -> figure(text, rule, percent(rule.limit()), percent(rule.clear()));
      case BASELINE -> figure(text, rule, number(rule.limit()) + "x", number(rule.clear()) + "x");
      case LATENCY -> figure(text, rule, nanos(rule.limit()), nanos(rule.clear()));
      case ROUTE -> figure(text, rule, number(rule.limit()), number(rule.clear()));
      case ADDRESS, NAME -> {}
    }
    return text.add("for: " + Values.text(rule.hold())).toString();
  }

  private static void figure(StringJoiner text, RuleConfig rule, String above, String clear) {
    text.add("above: " + above);
    text.add("clear: " + clear);
    text.add("over: " + Values.text(rule.window()));
  }

  private static String percent(double ratio) {
    return decimal(BigDecimal.valueOf(ratio).movePointRight(2)) + "%";
  }

  private static String nanos(double nanos) {
    return Values.text(Duration.ofNanos(Math.round(nanos)));
  }

  private static String number(double number) {
    return decimal(BigDecimal.valueOf(number));
  }

  private static String decimal(BigDecimal number) {
    return number.round(DIGITS).stripTrailingZeros().toPlainString();
  }
}
