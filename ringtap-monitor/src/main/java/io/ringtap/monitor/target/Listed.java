package io.ringtap.monitor.target;

import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpRange;
import io.ringtap.target.Family;
import io.ringtap.target.TargetParser;
import io.ringtap.target.TargetParser.BadTarget;
import io.ringtap.target.TargetSpec;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What one entry of a source names: understood, and not yet expanded to single hosts.
///
/// @param spec a name or a range of addresses
/// @param scope the interface of link-local addresses, by the name or number that was written; null
///   if none was. It need not be there yet
/// @param name how it is shown; null shows the host
/// @param labels of its own
record Listed(
    TargetSpec spec, @Nullable String scope, @Nullable String name, Map<String, String> labels) {
  private static final TargetParser PARSER = new TargetParser(Family.ANY, TargetParser.ANY_SCOPE);

  /// An address with a scope, and what follows: a prefix length, or the end of a range.
  private static final Pattern SCOPED =
      Pattern.compile("([^%]*:[^%]*)%([^/%]+?)(/[^%]*|-[^%/]*:[^%]*(%.+)?)?");

  /// Takes the hosts of an entry, one by one.
  interface Host {
    /// Takes one.
    ///
    /// @param text the name or the canonical address, with its scope
    /// @param address null if `text` is a name
    void take(String text, @Nullable IpAddress address);
  }

  /// Reads an entry.
  ///
  /// @throws BadTarget saying what is wrong with it
  static Listed parse(String text, @Nullable String name, Map<String, String> labels)
      throws BadTarget {
    Matcher scoped = SCOPED.matcher(text);
    if (!scoped.matches()) {
      return listed(PARSER.parse(text), null, name, labels);
    }
    String scope = scoped.group(2);
    String rest = scoped.group(3) == null ? "" : scoped.group(3);
    String second = scoped.group(4);
    if (second != null) {
      if (!second.substring(1).equals(scope)) {
        throw new BadTarget(text, "both ends of a range must be on one interface");
      }
      rest = rest.substring(0, rest.length() - second.length());
    }
    return listed(PARSER.parse(scoped.group(1) + rest), scope, name, labels);
  }

  /// A single address is shown as it was written.
  private static Listed listed(
      TargetSpec spec, @Nullable String scope, @Nullable String name, Map<String, String> labels) {
    boolean isWritten = name == null && scope == null && spec instanceof TargetSpec.Range;
    return new Listed(spec, scope, isWritten ? ((TargetSpec.Range) spec).written() : name, labels);
  }

  /// Passes on its hosts, one after the other; a range is never held as a whole.
  void forEachHost(Host host) {
    switch (spec) {
      case TargetSpec.Name(String text) -> host.take(text, null);
      case TargetSpec.Range(IpAddress first, IpAddress last, _, _) -> {
        for (IpAddress address : new IpRange(first, last)) {
          host.take(scope == null ? address.toString() : address + "%" + scope, address);
        }
      }
    }
  }
}
