package io.ringtap.cli.fping;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingRequest;

/// The targets of a run, each by its number from 0.
interface Hosts {
  int size();

  IpAddress address(int host);

  /// How a target stands in lines.
  StringBuilder appendLabel(StringBuilder text, int host);

  /// The length of the longest label.
  int width();

  /// A target as it was given.
  String given(int host);

  /// A request to a target.
  PingRequest request(int host, PingOptions options);

  /// The number of the target of a request.
  int indexOf(PingRequest request);

  /// Appends a label and blanks up to the length of the longest.
  default StringBuilder appendPadded(StringBuilder text, int host) {
    int begin = text.length();
    appendLabel(text, host);
    return text.repeat(' ', Math.max(0, width() - (text.length() - begin)));
  }
}
