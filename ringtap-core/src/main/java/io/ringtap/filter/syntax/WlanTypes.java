package io.ringtap.filter.syntax;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The words for types and subtypes of frames of IEEE 802.11, each with the bits that it stands for
/// in the first byte of the header: two of the type above two of the version, then four of the
/// subtype.
final class WlanTypes {
  static final int TYPE_MASK = 0x0C;
  static final int SUBTYPE_MASK = 0xF0;

  private static final int MANAGEMENT = 0x00;
  private static final int CONTROL = 0x04;
  private static final int DATA = 0x08;

  private static final Map<String, Integer> TYPES =
      Map.of(
          "mgt", MANAGEMENT,
          "mgmt", MANAGEMENT,
          "management", MANAGEMENT,
          "ctl", CONTROL,
          "control", CONTROL,
          "data", DATA);
  private static final Map<String, Integer> SUBTYPES = new LinkedHashMap<>();

  static {
    add(MANAGEMENT, 0x0, "assoc-req", "assocreq");
    add(MANAGEMENT, 0x1, "assoc-resp", "assocresp");
    add(MANAGEMENT, 0x2, "reassoc-req", "reassocreq");
    add(MANAGEMENT, 0x3, "reassoc-resp", "reassocresp");
    add(MANAGEMENT, 0x4, "probe-req", "probereq");
    add(MANAGEMENT, 0x5, "probe-resp", "proberesp");
    add(MANAGEMENT, 0x8, "beacon");
    add(MANAGEMENT, 0x9, "atim");
    add(MANAGEMENT, 0xA, "disassoc", "disassociation");
    add(MANAGEMENT, 0xB, "auth", "authentication");
    add(MANAGEMENT, 0xC, "deauth", "deauthentication");
    add(CONTROL, 0xA, "ps-poll", "pspoll");
    add(CONTROL, 0xB, "rts");
    add(CONTROL, 0xC, "cts");
    add(CONTROL, 0xD, "ack");
    add(CONTROL, 0xE, "cf-end", "cfend");
    add(CONTROL, 0xF, "cf-end-ack");
    add(DATA, 0x0, "data");
    add(DATA, 0x1, "data-cf-ack");
    add(DATA, 0x2, "data-cf-poll");
    add(DATA, 0x3, "data-cf-ack-poll");
    add(DATA, 0x4, "null");
    add(DATA, 0x5, "cf-ack");
    add(DATA, 0x6, "cf-poll");
    add(DATA, 0x7, "cf-ack-poll");
    add(DATA, 0x8, "qos-data");
    add(DATA, 0x9, "qos-data-cf-ack");
    add(DATA, 0xA, "qos-data-cf-poll");
    add(DATA, 0xB, "qos-data-cf-ack-poll");
    add(DATA, 0xC, "qos");
    add(DATA, 0xE, "qos-cf-poll");
    add(DATA, 0xF, "qos-cf-ack-poll");
  }

  private WlanTypes() {}

  private static void add(int type, int subtype, String... words) {
    for (String word : words) {
      SUBTYPES.put(word, subtype << 4 | type);
    }
  }

  /// The bits of a type; null if `word` names none.
  static @Nullable Integer type(String word) {
    return TYPES.get(word);
  }

  /// The bits of a subtype and of its type; null if `word` names none.
  static @Nullable Integer subtype(String word) {
    return SUBTYPES.get(word);
  }

  /// The words for subtypes, for a misspelt one.
  static Collection<String> subtypes() {
    return SUBTYPES.keySet();
  }

  /// The usual words for types.
  static List<String> types() {
    return List.of("mgt", "ctl", "data");
  }
}
