package io.ringtap.fleet.record;

import io.ringtap.fleet.record.Fields.Malformed;
import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.TargetText;
import io.ringtap.monitor.target.TargetKey;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;

/// A target's key as it stands in records.
final class Keys {
  static final int LONGEST_GROUP = 100;
  static final int LONGEST_HOST = 253;

  private static final AddressFamily[] OF_ONE_TARGET = {
    AddressFamily.ANY, AddressFamily.IPV4, AddressFamily.IPV6
  };

  private Keys() {}

  static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }

  static void write(JsonGenerator json, TargetKey key) {
    json.writeStringProperty("group", key.group());
    json.writeStringProperty("host", key.host());
    if (key.family() != AddressFamily.ANY) {
      json.writeStringProperty("family", key.family().word());
    }
  }

  static TargetKey read(Fields fields) throws Malformed {
    AddressFamily family =
        fields.has("family")
            ? fields.word("family", OF_ONE_TARGET, AddressFamily::word)
            : AddressFamily.ANY;
    return new TargetKey(group(fields), host(fields), family);
  }

  static String group(Fields fields) throws Malformed {
    String group = fields.text("group", LONGEST_GROUP);
    if (group.indexOf('/') >= 0 || group.indexOf('#') >= 0) {
      throw new Malformed("group has a / or #");
    }
    return group;
  }

  /// @throws IllegalArgumentException if it is no host
  static String host(Fields fields) throws Malformed {
    String host = fields.text("host", LONGEST_HOST);
    if (TargetText.parse(host).size() != 1) {
      throw new Malformed("host is more than one");
    }
    return host;
  }
}
