package io.ringtap.print.application;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;

/// Syslog (RFC 3164): facility and severity.
public final class SyslogPrinter implements Protocol {
  private static final int MAX_DIGITS = 4;

  private static final String[] SEVERITIES = {
    "emergency", "alert", "critical", "error", "warning", "notice", "info", "debug"
  };

  private static final String[] FACILITIES = {
    "kernel",
    "user",
    "mail",
    "daemon",
    "auth",
    "syslog",
    "lpr",
    "news",
    "uucp",
    "cron",
    "authpriv",
    "ftp",
    "ntp",
    "security",
    "console",
    "cron",
    "local0",
    "local1",
    "local2",
    "local3",
    "local4",
    "local5",
    "local6",
    "local7"
  };

  private final Line line;

  public SyslogPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long at, long length) {
    line.enter("syslog");
    if (line.u8(at) != '<') {
      line.invalid();
      return;
    }
    int priority = 0;
    long next = at + 1;
    while (next <= at + MAX_DIGITS) {
      int value = line.u8(next);
      if (value == '>') {
        break;
      }
      if (value < '0' || value > '9') {
        line.invalid();
        return;
      }
      priority = priority * 10 + value - '0';
      next++;
    }
    if (line.u8(next) != '>') {
      line.invalid();
      return;
    }
    int severity = priority & 7;
    int facility = priority >> 3;
    String facilityName = facility < FACILITIES.length ? FACILITIES[facility] : null;
    if (!line.isVerbose()) {
      line.text("SYSLOG ").name(facilityName, "unknown (%u)", facility);
      line.text(".").text(SEVERITIES[severity]).print(", length: %u", length);
      return;
    }
    line.print("SYSLOG, length: %u\n\tFacility ", length);
    line.text(facilityName == null ? "unknown (%u)" : facilityName).print(" (%u), ", facility);
    line.text("Severity ").text(SEVERITIES[severity]).print(" (%u)\n\tMsg: ", severity);
    for (next++; next < at + length && line.needs(next, 1); next++) {
      line.visible(line.u8(next));
    }
    if (line.verbosity() > 1) {
      line.hexDump("\n\t", at, length, false);
    }
  }
}
