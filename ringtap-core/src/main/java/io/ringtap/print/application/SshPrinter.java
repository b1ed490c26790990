package io.ringtap.print.application;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;

/// SSH: the line with which each end says its version (RFC 4253 §4.2). What follows is encrypted.
public final class SshPrinter implements Protocol {
  private static final String BEGIN = "SSH-";

  private final Line line;

  public SshPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long at, long length) {
    line.enter("ssh");
    for (int i = 0; i < BEGIN.length(); i++) {
      if (i >= length || line.u8(at + i) != BEGIN.charAt(i)) {
        return;
      }
    }
    for (long end = at; end < at + length; end++) {
      int value = line.u8(end);
      boolean isEnd =
          value == '\n' || (value == '\r' && end + 1 < at + length && line.u8(end + 1) == '\n');
      if (isEnd) {
        line.text(": SSH: ").safeText(at, end - at);
        return;
      }
      if (value < ' ' || value > '~') {
        return;
      }
    }
  }
}
