package io.ringtap.monitor.config;

import io.ringtap.monitor.config.yaml.Form;
import io.ringtap.monitor.config.yaml.Mistake;
import io.ringtap.monitor.config.yaml.Section;
import io.ringtap.monitor.config.yaml.Values;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.Transport;
import java.time.Duration;

/// Reads how targets are probed.
final class SettingsReader {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST_INTERVAL = Duration.ofDays(1);
  private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

  static final Form<Duration> INTERVAL = text -> Values.duration(text, SHORTEST, LONGEST_INTERVAL);
  static final Form<Duration> TIMEOUT = text -> Values.duration(text, SHORTEST, LONGEST_TIMEOUT);

  private SettingsReader() {}

  /// Takes the keys of settings from a section.
  ///
  /// @param base what holds where the section says nothing
  static ProbeSettings read(Section section, ProbeSettings base) {
    return read(section, base, "timeout");
  }

  /// The same, where the key `timeout` means something else.
  ///
  /// @param timeoutKey the key of the time that a reply is waited for
  static ProbeSettings read(Section section, ProbeSettings base, String timeoutKey) {
    return new ProbeSettings(
        section.value("interval", base.interval(), INTERVAL),
        section.value(timeoutKey, base.timeout(), TIMEOUT),
        section.whole("size", base.payloadBytes(), 0, PingOptions.MAX_PAYLOAD_BYTES),
        section.whole("tos", base.trafficClass(), 0, 255),
        section.whole("ttl", base.hopLimit(), 0, 255),
        section.valueOr("source", base.source(), SettingsReader::source),
        section.valueOr("interface", base.interfaceName(), SettingsReader::interfaceName),
        section.value(
            "transport", base.transport(), Values.choice(Transport.class, Transport::word)),
        section.value(
            "family", base.family(), Values.choice(AddressFamily.class, AddressFamily::word)));
  }

  private static String source(String text) {
    try {
      return IpAddress.parse(text).toString();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          Mistake.quoted(text) + " is no address; write one of this machine's, as 192.0.2.1", e);
    }
  }

  private static String interfaceName(String text) {
    if (!text.matches("[^\\s/\\p{Cntrl}]{1,15}")) {
      throw new IllegalArgumentException(Mistake.quoted(text) + " is no name of an interface");
    }
    return text;
  }
}
