package io.ringtap.monitor.tui;

import io.ringtap.packet.IpAddress;
import org.jspecify.annotations.Nullable;

/// What the grid shows of a target. Its texts have no control characters.
///
/// @param id its number
/// @param group its group's name
/// @param name how it is shown
/// @param address where it is; null while that is not known
/// @param health how it is
/// @param lossRatio of the last minute, 0 to 1; NaN if no probe has ended in it
/// @param rttNanos the median round-trip time of the last minute; negative if there was no reply
/// @param hopLimit TTL or hop limit of the last reply; 0 if unknown
record TargetRow(
    int id,
    String group,
    String name,
    @Nullable IpAddress address,
    Health health,
    double lossRatio,
    long rttNanos,
    int hopLimit) {
  /// Whether a search finds it: in its name, address or group, whatever the case of letters.
  ///
  /// @param text in lower case
  boolean matches(String text) {
    return Texts.containsIgnoringCase(name, text)
        || Texts.containsIgnoringCase(group, text)
        || (address != null && address.toString().contains(text));
  }
}
