package io.ringtap.print.application;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A protocol of text lines: its first line, or with `-v` all of them up to one that is not text.
public final class TextPrinter implements Protocol {
  private static final String HTTP_METHODS =
      """
      GET PUT COPY HEAD LOCK MOVE POLL POST BCOPY BMOVE MKCOL TRACE LABEL MERGE DELETE SEARCH UNLOCK \
      REPORT UPDATE NOTIFY BDELETE CONNECT OPTIONS CHECKIN PROPFIND CHECKOUT CCM_POST SUBSCRIBE \
      PROPPATCH BPROPFIND BPROPPATCH UNCHECKOUT MKACTIVITY MKWORKSPACE UNSUBSCRIBE RPC_CONNECT \
      VERSION-CONTROL BASELINE-CONTROL\
      """;
  private static final String RTSP_METHODS =
      """
      ANNOUNCE DESCRIBE GET_PARAMETER OPTIONS PAUSE PLAY RECORD REDIRECT SET_PARAMETER SETUP \
      TEARDOWN\
      """;
  private static final String SIP_METHODS =
      """
      ACK BYE CANCEL DO INFO INVITE MESSAGE NOTIFY OPTIONS PRACK QAUTH REFER REGISTER SPRACK \
      SUBSCRIBE UPDATE PUBLISH\
      """;

  private static final int MAX_TOKEN = 126; // bytes
  private static final int NO_TOKEN = -1;

  private final Line line;
  private final String separator;
  private final String name;
  private final String mark;
  private final String @Nullable [] methods;

  /// @param methods the first words of requests; a response has a code of three digits as its
  ///   second word. Null if every line is text.
  private TextPrinter(Line line, String separator, String name, @Nullable String methods) {
    this.line = line;
    this.separator = separator;
    this.name = name;
    this.mark = name.toLowerCase(Locale.ROOT);
    this.methods = methods == null ? null : methods.split(" ", -1);
  }

  /// HTTP (RFC 9112).
  public static TextPrinter http(Line line) {
    return new TextPrinter(line, ": ", "HTTP", HTTP_METHODS);
  }

  /// RTSP (RFC 7826).
  public static TextPrinter rtsp(Line line) {
    return new TextPrinter(line, ": ", "RTSP", RTSP_METHODS);
  }

  /// SIP (RFC 3261).
  public static TextPrinter sip(Line line) {
    return new TextPrinter(line, "", "SIP", SIP_METHODS);
  }

  /// SMTP (RFC 5321).
  public static TextPrinter smtp(Line line) {
    return new TextPrinter(line, ": ", "SMTP", null);
  }

  /// FTP (RFC 959).
  public static TextPrinter ftp(Line line) {
    return new TextPrinter(line, ": ", "FTP", null);
  }

  /// WHOIS (RFC 3912).
  public static TextPrinter whois(Line line) {
    return new TextPrinter(line, ": ", "WHOIS", null);
  }

  @Override
  public void print(long at, long length) {
    line.enter(mark);
    line.text(separator).text(name);
    long end = at + length;
    if (!isMessage(at, end)) {
      return;
    }
    if (!line.isVerbose()) {
      long _ = textLine(": ", at, end);
      return;
    }
    line.print(", length: %u", length);
    long next = at;
    while (next > 0 && next < end && !line.isCut()) {
      next = textLine("\n\t", next, end);
    }
  }

  /// Whether the payload begins as a request or a response does, not in the middle of a message.
  private boolean isMessage(long at, long end) {
    if (methods == null) {
      return true;
    }
    long tokenEnd = tokenEnd(at, end);
    if (tokenEnd == NO_TOKEN) {
      return false;
    }
    for (String method : methods) {
      if (isWord(at, tokenEnd, method)) {
        return true;
      }
    }
    long code = tokenEnd;
    while (code < end && line.has(code, 1) && isSpace(line.u8(code))) {
      code++;
    }
    return tokenEnd(code, end) == code + 3
        && isDigit(line.u8(code))
        && isDigit(line.u8(code + 1))
        && isDigit(line.u8(code + 2));
  }

  /// @return the offset after a word of visible characters, or [#NO_TOKEN] without a word or if its
  ///   end was not captured
  private long tokenEnd(long first, long end) {
    long at = first;
    while (at < end) {
      if (!line.has(at, 1) || at - first > MAX_TOKEN) {
        return NO_TOKEN;
      }
      int value = line.u8(at);
      if (value <= ' ' || value > '~') {
        break;
      }
      at++;
    }
    return at == first ? NO_TOKEN : at;
  }

  private boolean isWord(long at, long end, String word) {
    if (end - at != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (Character.toUpperCase(line.u8(at + i)) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSpace(int value) {
    return value == ' '; // a tab is no printable character
  }

  private static boolean isDigit(int value) {
    return value >= '0' && value <= '9';
  }

  /// Prints one line, if all of it is text.
  ///
  /// @return the offset of the next one; -1 if it is not text or has no end
  private long textLine(String before, long first, long end) {
    for (long at = first; at < end && line.needs(at, 1); at++) {
      int value = line.u8(at);
      if (value == '\n') {
        line.text(before).safeText(first, at - first);
        return at + 1;
      }
      if (value == '\r') {
        if (at + 1 >= end || line.u8(at + 1) != '\n') {
          return -1;
        }
        line.text(before).safeText(first, at - first);
        return at + 2;
      }
      if ((value < ' ' || value > '~') && value != '\t') {
        return -1;
      }
    }
    if (!line.isCut()) {
      line.text(before).safeText(first, end - first);
      line.mark(mark);
    }
    return -1;
  }
}
