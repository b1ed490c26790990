package io.ringtap.print.application;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;

/// DNS over TCP: each message follows its length (RFC 1035 §4.2.2). Only a segment that is one
/// whole message is read.
public final class TcpDnsPrinter implements Protocol {
  private static final int PREFIX = 2; // bytes of the length

  private final Line line;
  private final Protocol message;

  public TcpDnsPrinter(Line line) {
    this.line = line;
    this.message = new DnsPrinter(line, false);
  }

  @Override
  public void print(long at, long length) {
    line.enter("domain");
    if (length < PREFIX) {
      line.print(" [DNS over TCP: length %u < 2]", length);
      line.invalid();
      return;
    }
    int claimed = line.u16(at);
    if (claimed != length - PREFIX) {
      line.print(" [prefix length(%u) != length(%u)]", claimed, length - PREFIX);
      line.invalid();
      return;
    }
    line.text(" ");
    message.print(at + PREFIX, length - PREFIX);
  }
}
