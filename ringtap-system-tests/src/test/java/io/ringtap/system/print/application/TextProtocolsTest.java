package io.ringtap.system.print.application;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.tcp;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.List;

class TextProtocolsTest extends PrinterBeside {
  @Override
  protected List<Sample> samples() {
    return List.of(
        segment("HTTP request", 80, "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"),
        segment("HTTP response", 80, "HTTP/1.1 200 OK\r\nServer: y\r\n\r\n<html>\u0001"),
        segment("in the middle of an HTTP message", 80, "a\u0001b"),
        segment("HTTP, line feed only", 8080, "POST / HTTP/1.0\n"),
        segment("SMTP response", 25, "220 mail ESMTP\r\n"),
        segment("SMTP request and a beginning", 25, "EHLO me\r\nA"),
        segment("FTP", 21, "USER anonymous\r\n"),
        segment("SSH version", 22, "SSH-2.0-OpenSSH_9.2\r\n"),
        segment("SSH version, line feed only", 22, "SSH-2.0-x\n"),
        segment("SSH version without an end", 22, "SSH-2.0-x"),
        segment("SSH, encrypted", 22, "\u0001\u0002\u0003\u0004\u0005"),
        segment("RTSP request", 554, "DESCRIBE rtsp://a RTSP/1.0\r\nCSeq: 1\r\n\r\n"),
        segment("RTSP response", 8554, "RTSP/1.0 200 OK\r\n"),
        segment("WHOIS", 43, "example.com\r\n"),
        reset("reset with a reason", "no cookie \u0001\n"),
        reset("reset with a long reason", "no cookie for you and many more"),
        datagram("SIP request", 5060, "INVITE sip:a SIP/2.0\r\nVia: x\r\n\r\n"),
        datagram("SIP response", 5060, "SIP/2.0 200 OK\r\n\r\n"),
        datagram("SIP keep-alive", 5060, "\r\n\r\n"),
        datagram("SIP without an end of line", 5060, "ACK x"),
        datagram("syslog", 514, "<34>Oct 11 su: failed"),
        datagram("syslog with a control character", 514, "<191>x\u0001y"),
        datagram("syslog without a priority", 514, "no"));
  }

  private static Sample segment(String name, int port, String text) {
    byte[] payload = start().text(text).toBytes();
    return ethernet(name, ipv4(6, tcp(40000, port, 1, 1, 0x18, "", payload)));
  }

  private static Sample reset(String name, String text) {
    byte[] payload = start().text(text).toBytes();
    return ethernet(name, ipv4(6, tcp(40000, 80, 1, 1, 0x14, "", payload)));
  }

  private static Sample datagram(String name, int port, String text) {
    return ethernet(name, ipv4(17, udp(port, port, start().text(text).toBytes())));
  }
}
