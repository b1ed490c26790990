package io.ringtap.monitor.config;

import io.ringtap.monitor.config.yaml.Mistake;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpRange;
import java.net.IDN;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A target as people write it, understood but not looked up.
public sealed interface TargetText {
  /// How many targets it is; [Long#MAX_VALUE] if it is that or more.
  long size();

  /// A name that a name server must know.
  ///
  /// @param name in ASCII, as DNS has it
  record Name(String name) implements TargetText {
    @Override
    public long size() {
      return 1;
    }
  }

  /// All addresses from a first to a last one.
  ///
  /// @param scope the interface of link-local addresses, by name or number; null if none was given
  record Addresses(IpRange range, @Nullable String scope) implements TargetText {
    @Override
    public long size() {
      IpAddress first = range.first();
      long more = range.last().low() - first.low();
      boolean isHuge = range.last().high() != first.high() || more < 0 || more == Long.MAX_VALUE;
      return isHuge ? Long.MAX_VALUE : more + 1;
    }
  }

  /// Digits and dots, or a colon, cannot be a name.
  Pattern ADDRESS = Pattern.compile("[0-9.]+|[^/]*:[^/]*");

  /// What a name may have.
  Pattern NAME = Pattern.compile("(?!-)[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*\\.?");

  /// Reads a name, an address (`10.0.0.1`, `fe80::1%eth0`), a prefix (`10.0.0.0/24`, which stands
  /// for all of its addresses) or a range (`10.0.0.1-10.0.0.9`).
  ///
  /// @throws IllegalArgumentException if it is not one of them; the message says why, and the right
  ///   form
  static TargetText parse(String text) {
    if (text.contains("://")) {
      throw new IllegalArgumentException(
          Mistake.quoted(text) + " is no target but a URL; write only its host");
    }
    int slash = text.indexOf('/');
    int hyphen = text.indexOf('-');
    boolean isPrefix = slash > 0 && ADDRESS.matcher(text.substring(0, slash)).matches();
    boolean isRange =
        hyphen > 0 && slash < 0 && ADDRESS.matcher(text.substring(0, hyphen)).matches();
    if (isPrefix || isRange || ADDRESS.matcher(text).matches()) {
      return addresses(text);
    }
    String name = ascii(text);
    if (name.length() > 253 || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          Mistake.quoted(text)
              + " is no target; write a name, an address, a prefix (10.0.0.0/24) or a range"
              + " (10.0.0.1-10.0.0.9)");
    }
    return new Name(name);
  }

  private static Addresses addresses(String text) {
    int percent = text.indexOf('%');
    String scope = percent < 0 ? null : text.substring(percent + 1);
    if (scope != null && (!scope.matches("[^/\\s%]{1,15}") || text.indexOf(':') < 0)) {
      throw new IllegalArgumentException(
          Mistake.quoted(text) + ": a scope is an interface after an address, as in fe80::1%eth0");
    }
    try {
      return new Addresses(IpRange.parse(percent < 0 ? text : text.substring(0, percent)), scope);
    } catch (IllegalArgumentException e) {
      String why =
          String.valueOf(e.getMessage()).replaceFirst("^not an IP address: \"[^\"]*\": ", "");
      throw new IllegalArgumentException(Mistake.quoted(text) + " is no target: " + why, e);
    }
  }

  private static String ascii(String text) {
    try {
      return IDN.toASCII(text);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
