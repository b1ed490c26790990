package io.ringtap.monitor.config.migration;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.migration.Draft.DraftGroup;
import io.ringtap.monitor.config.migration.Draft.DraftTarget;
import io.ringtap.monitor.config.migration.SmokepingFile.Part;
import io.ringtap.monitor.config.migration.SmokepingFile.Variable;
import io.ringtap.monitor.config.yaml.Mistake;
import io.ringtap.monitor.config.yaml.Values;
import io.ringtap.packet.IpAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes groups of SmokePing's targets: those below one section are one, as its menu has it. The
/// pings of a step are spread evenly over it.
final class SmokepingImport {
  private static final Set<String> PINGING = Set.of("FPing", "FPing6", "FPingContinuous");
  private static final Set<String> INHERITED = // beside what belongs to the probe
      Set.of("probe", "alerts", "slaves", "nomasterpoll");
  private static final Set<String> OF_PROBE =
      Set.of("step", "pings", "packetsize", "tos", "timeout", "sourceaddress", "protocol");
  private static final Set<String> WITHOUT_LOSS = // say nothing of what is measured
      Set.of("menu", "title", "remark", "note", "binary", "offset", "usestdout", "host", "probe");

  private final Draft draft;
  private final Map<String, Part> parts;
  private final Map<String, Probe> probes = new HashMap<>();
  private final Set<String> reported = new HashSet<>();

  /// How a probe pings.
  ///
  /// @param type the name of its module
  private record Probe(String type, Map<String, Variable> variables) {}

  private SmokepingImport(Map<String, Part> parts, Draft draft) {
    this.parts = parts;
    this.draft = draft;
  }

  static void read(Path file, Draft draft) {
    Map<String, Part> parts = SmokepingFile.read(file, draft);
    Part targets = parts.get("Targets");
    if (targets == null) {
      if (draft.wrong().isEmpty()) {
        draft.refuse(1, "there is no *** Targets *** in it");
      }
      return;
    }
    SmokepingImport reader = new SmokepingImport(parts, draft);
    reader.readProbes();
    reader.walk(targets, "", "", Map.of());
  }

  private void readProbes() {
    Part database = parts.get("Database");
    Map<String, Variable> general = database == null ? Map.of() : database.variables();
    Part all = parts.get("Probes");
    if (all == null) {
      return;
    }
    for (Part module : all.parts().values()) {
      Map<String, Variable> variables = joined(general, module.variables());
      probes.put(module.name(), new Probe(module.name(), variables));
      for (Part variant : module.parts().values()) {
        probes.put(
            variant.name(), new Probe(module.name(), joined(variables, variant.variables())));
      }
    }
  }

  private static Map<String, Variable> joined(
      Map<String, Variable> base, Map<String, Variable> own) {
    Map<String, Variable> all = new HashMap<>(base);
    all.putAll(own);
    return all;
  }

  /// @param path of the section above; empty for `*** Targets ***` itself and those in it
  /// @param below the path of the sections in this one
  /// @param inherited what the section above passes on
  private void walk(Part part, String path, String below, Map<String, Variable> inherited) {
    Map<String, Variable> variables = joined(inherited, part.variables());
    if (part.variables().containsKey("host")) {
      addTarget(part, path.isEmpty() ? "Targets" : path, variables);
    }
    Map<String, Variable> passedOn = new HashMap<>(variables);
    passedOn.keySet().removeIf(key -> !INHERITED.contains(key) && !OF_PROBE.contains(key));
    for (Part child : part.parts().values()) {
      String childPath = below.isEmpty() ? child.name() : below + "." + child.name();
      walk(child, below, childPath, passedOn);
    }
  }

  private void addTarget(Part part, String path, Map<String, Variable> variables) {
    Variable host = part.variables().get("host");
    Variable probeName = variables.get("probe");
    String name = probeName == null ? "FPing" : probeName.value();
    Probe probe = probes.getOrDefault(name, new Probe(name, databaseVariables()));
    String what = part.name() + " (" + (host == null ? "" : host.value()) + ")";
    if (host == null) {
      return;
    }
    if (host.value().startsWith("/")) {
      draft.leave(host.place(), what + " shows others together, as the page does with any");
    } else if (host.value().equals("DYNAMIC")) {
      draft.leave(host.place(), part.name() + " is DYNAMIC: name it in DNS");
    } else if (!PINGING.contains(probe.type())) {
      draft.leave(host.place(), what + " is watched by " + probe.type() + ", which does not ping");
    } else if (isOn(variables.get("nomasterpoll"))) {
      draft.leave(host.place(), what + " is watched by slaves only (nomasterpoll)");
    } else {
      DraftGroup group = group(path, probe, joined(probe.variables(), variables));
      Variable menu = part.variables().get("menu");
      String shown = menu == null ? part.name() : menu.value();
      draft.add(group, new DraftTarget(host.value(), shown, Map.of()), host.place());
    }
    report(variables);
  }

  private Map<String, Variable> databaseVariables() {
    Part database = parts.get("Database");
    return database == null ? Map.of() : database.variables();
  }

  private static boolean isOn(@Nullable Variable variable) {
    return variable != null && variable.value().equals("yes");
  }

  /// Says what a target has that this monitor does not know, once for each value.
  private void report(Map<String, Variable> variables) {
    variables.forEach((key, variable) -> {
      boolean isKnown = WITHOUT_LOSS.contains(key) || OF_PROBE.contains(key);
      if (!isKnown && !variable.value().isEmpty() && reported.add(key + "=" + variable)) {
        String hint = key.equals("alerts") ? "; the usual rules hold, see alerts:" : "";
        draft.leave(variable.place(), key + " = " + Mistake.quoted(variable.value()) + hint);
      }
    });
  }

  private DraftGroup group(String path, Probe probe, Map<String, Variable> variables) {
    int step = (int) number(variables, "step", 300, 1, 86_400);
    int pings = (int) number(variables, "pings", 20, 1, 1000);
    Duration interval = Duration.ofMillis(Math.max(1, step * 1000L / pings));
    ProbeSettings base = ProbeSettings.DEFAULT;
    double timeout = number(variables, "timeout", 1, 0.001, 3600);
    boolean isIpv6 = probe.type().equals("FPing6") || value(variables, "protocol", "4").equals("6");
    ProbeSettings settings =
        new ProbeSettings(
            interval,
            Duration.ofMillis(Math.round(timeout * 1000)),
            (int) number(variables, "packetsize", 56, 0, 64_000),
            trafficClass(variables.get("tos")),
            base.hopLimit(),
            source(variables.get("sourceaddress")),
            null,
            base.transport(),
            isIpv6 ? AddressFamily.IPV6 : AddressFamily.IPV4);
    String comment = probe.type() + ": " + pings + " pings in " + step + " s";
    return draft.group(path, comment, settings);
  }

  private static String value(Map<String, Variable> variables, String key, String otherwise) {
    Variable variable = variables.get(key);
    return variable == null ? otherwise : variable.value();
  }

  private double number(
      Map<String, Variable> variables, String key, double otherwise, double min, double max) {
    Variable variable = variables.get(key);
    if (variable == null) {
      return otherwise;
    }
    boolean isNumber = variable.value().matches("\\d{1,9}(\\.\\d{1,9})?");
    double number = isNumber ? Double.parseDouble(variable.value()) : -1;
    if (number >= min && number <= max) {
      return number;
    }
    leaveOnce(key, variable);
    return otherwise;
  }

  private int trafficClass(@Nullable Variable variable) {
    try {
      return variable == null ? 0 : Values.whole(variable.value(), 0, 255);
    } catch (IllegalArgumentException e) {
      leaveOnce("tos", variable);
      return 0;
    }
  }

  private @Nullable String source(@Nullable Variable variable) {
    try {
      return variable == null ? null : IpAddress.parse(variable.value()).toString();
    } catch (IllegalArgumentException e) {
      leaveOnce("sourceaddress", variable);
      return null;
    }
  }

  private void leaveOnce(String key, Variable variable) {
    if (reported.add(key + "=" + variable)) {
      draft.leave(variable.place(), key + " = " + Mistake.quoted(variable.value()));
    }
  }
}
