package io.ringtap.print.security;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// The notify payload of IKE version 2 (RFC 7296 §3.10).
final class IkeNotification {
  private static final int HEADER = 8; // bytes
  private static final int COOKIE = 16_390;
  private static final int SHORT = 30; // bytes: a shorter cookie is printed whole

  private static final Names WITHOUT_INDEX =
      Names.of(
          """
          1 unsupported_critical_payload
          5 invalid_major_version
          35 no_additional_sas
          36 internal_address_failure
          37 failed:cp_required
          39 invalid_selectors
          16384 initial_contact
          16385 set_window_size
          16386 additional_ts_possible
          16387 ipcomp_supported
          16391 use_transport_mode
          16392 http_cert_lookup_supported
          16394 tfc_padding_not_supported
          16395 non_first_fragment_also\
          """);

  private static final Names WITH_INDEX =
      Names.of(
          """
          4 invalid_ike_spi
          7 invalid_syntax
          9 invalid_message_id
          11 invalid_spi
          14 no_protocol_chosen
          17 invalid_ke_payload
          24 authentication_failed
          34 single_pair_required
          16388 nat_detection_source_ip
          16389 nat_detection_destination_ip
          16390 cookie
          16393 rekey_sa\
          """);

  private final Line line;
  private final IkeText text;

  IkeNotification(Line line) {
    this.line = line;
    this.text = new IkeText(line);
  }

  /// Prints what follows the name of the payload at `at`.
  ///
  /// @return whether it was captured whole
  boolean print(long at) {
    line.text(" prot_id=");
    text.name(IkeText.PROTOCOLS, line.u8(at + 4));
    int type = line.u16(at + 6);
    String known = WITHOUT_INDEX.find(type);
    String name = known == null ? WITH_INDEX.find(type, range(type)) : known;
    line.print(" type=%u(", type).text(name).text(")");
    int index = line.u8(at + 5);
    if (known == null && index > 0) {
      line.text(" spi=");
      if (!text.bytes(at + HEADER, index)) {
        return false;
      }
    }
    return data(type, at + HEADER + index);
  }

  private static String range(int type) {
    if (type < 8192) {
      return "error";
    }
    if (type < 16_384) {
      return "private-error";
    }
    return type < 40_960 ? "status" : "private-status";
  }

  private boolean data(int type, long at) {
    long length = line.end() - at;
    if (length <= 0) {
      return true;
    }
    if (line.verbosity() > 3 || (type == COOKIE && length < SHORT)) {
      line.text(" data=(").hexBytes(at, length).text(")");
      return true;
    }
    return type != COOKIE || text.someBytes(at);
  }
}
