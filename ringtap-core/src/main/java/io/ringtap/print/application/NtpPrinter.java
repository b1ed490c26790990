package io.ringtap.print.application;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;

/// NTP (RFC 5905): version and mode. Times are not printed.
public final class NtpPrinter implements Protocol {
  private static final int MIN_BYTES = 7;

  private static final String[] MODES = {
    "Reserved",
    "symmetric active",
    "symmetric passive",
    "Client",
    "Server",
    "Broadcast",
    "Control Message",
    "Reserved"
  };

  private final Line line;

  public NtpPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long at, long length) {
    line.enter("ntp");
    if (length < MIN_BYTES) {
      line.text(" ");
      line.invalid();
      return;
    }
    int first = line.u8(at);
    line.print("NTPv%u, ", first >> 3 & 7);
    line.text(MODES[first & 7]).print(", length %u", length);
  }
}
