package io.ringtap.monitor.config.migration;

import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.migration.Draft.DraftGroup;
import io.ringtap.monitor.config.migration.Draft.DraftTarget;
import io.ringtap.monitor.config.yaml.Values;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Writes a draft as a configuration that people like to read.
final class DraftText {
  /// What stays the same text in YAML without quotes, wherever it stands.
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_./-]*");

  private final StringBuilder text = new StringBuilder();

  private DraftText() {}

  static String of(Draft draft, Migration.Program program) {
    DraftText writer = new DraftText();
    writer.head(draft, program);
    writer.text.append("groups:\n");
    draft.groups().forEach(writer::group);
    return writer.text.toString();
  }

  private void head(Draft draft, Migration.Program program) {
    comment("Made of " + draft.file() + " (" + program.word() + ").");
    if (!draft.left().isEmpty()) {
      text.append("#\n");
      comment("Not carried over:");
      draft.left().forEach(mistake -> comment("  " + mistake));
    }
    text.append('\n');
  }

  /// A comment, which nothing that stands in it can end.
  private void comment(String line) {
    text.append("# ")
        .append(line.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?"))
        .append('\n');
  }

  private void group(DraftGroup group) {
    text.append("  - name: ").append(scalar(group.name())).append('\n');
    if (!group.comment().isEmpty()) {
      text.append("    ");
      comment(group.comment());
    }
    ProbeSettings own = group.settings();
    setting("interval", own, settings -> Values.text(settings.interval()));
    setting("timeout", own, settings -> Values.text(settings.timeout()));
    setting("size", own, settings -> String.valueOf(settings.payloadBytes()));
    setting("tos", own, settings -> String.valueOf(settings.trafficClass()));
    setting("source", own, settings -> String.valueOf(settings.source()));
    setting("transport", own, settings -> settings.transport().word());
    setting("family", own, settings -> settings.family().word());
    text.append("    targets:\n");
    group.targets().values().forEach(this::target);
  }

  /// Writes what differs from the default.
  private void setting(String key, ProbeSettings settings, Function<ProbeSettings, String> value) {
    String own = value.apply(settings);
    if (!own.equals(value.apply(ProbeSettings.DEFAULT))) {
      text.append("    ").append(key).append(": ").append(scalar(own)).append('\n');
    }
  }

  private void target(DraftTarget target) {
    String name = target.name();
    boolean hasName = name != null && !name.equals(target.host());
    text.append("      - ");
    if (!hasName && target.labels().isEmpty()) {
      text.append(scalar(target.host())).append('\n');
      return;
    }
    text.append("{host: ").append(scalar(target.host()));
    if (name != null && hasName) {
      text.append(", name: ").append(scalar(name));
    }
    if (!target.labels().isEmpty()) {
      String before = ", labels: {";
      for (Map.Entry<String, String> label : target.labels().entrySet()) {
        text.append(before).append(label.getKey()).append(": ").append(scalar(label.getValue()));
        before = ", ";
      }
      text.append('}');
    }
    text.append("}\n");
  }

  private static String scalar(String value) {
    if (PLAIN.matcher(value).matches() && !value.equals("null")) {
      return value;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c == 0x7F || (c >= 0x80 && !isText(c))) {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  /// Whether a character beyond ASCII may stand as it is: half of a pair is written with the other.
  private static boolean isText(char c) {
    return Character.isLetterOrDigit(c) || Character.isSurrogate(c);
  }
}
