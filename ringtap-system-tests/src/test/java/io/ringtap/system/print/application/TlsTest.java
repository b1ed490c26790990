package io.ringtap.system.print.application;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.tcp;
import static java.util.stream.IntStream.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import io.ringtap.testing.PacketBytes;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TlsTest extends PrinterBeside {
  private static final String RETRY =
      "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";

  @Override
  protected List<Sample> samples() {
    try {
      List<Sample> samples = new ArrayList<>();
      samples.add(sample("ClientHello", hello("TLSv1.3,TLSv1.2", "a.example", "h2", "http/1.1")));
      for (byte[] flight : new TlsPeers("TLSv1.2", "b.example", List.of("h2")).handshake()) {
        samples.add(sample("TLS 1.2, " + samples.size(), flight));
      }
      samples.add(sample("alert", PacketBytes.fromHex("15 0303 0002 0228")));
      samples.add(sample("no TLS", PacketBytes.fromHex("474554202f")));
      return samples;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void readsClientHellosAsTsharkDoes() throws GeneralSecurityException, IOException {
    Requirement.tool("tshark");
    List<byte[]> frames =
        segments(
            List.of(
                hello("TLSv1.3,TLSv1.2", "www.example.com", "h2", "http/1.1"),
                hello("TLSv1.3", "", "dot"),
                hello("TLSv1.2", "mail.example"),
                greased(),
                hello("TLSv1.2", "")));

    List<List<String>> read =
        new Tshark(directory)
            .fields(
                frames,
                "tls.handshake.version",
                "tls.handshake.extensions.supported_version",
                "tls.handshake.extensions_server_name",
                "tls.handshake.extensions_alpn_str");

    for (int i = 0; i < frames.size(); i++) {
      List<String> fields = read.get(i);
      String versions = fields.get(1).isEmpty() ? fields.get(0) : fields.get(1);
      String expected = ": TLS: ClientHello (version 1." + (highest(versions) - 0x301);
      expected += fields.get(2).isEmpty() ? "" : ", SNI " + fields.get(2);
      expected += fields.get(3).isEmpty() ? "" : ", ALPN " + fields.get(3);
      assertThat(line(frames.get(i))).endsWith(expected + ")\n");
    }
  }

  @Test
  void readsServerHellos() throws GeneralSecurityException, IOException {
    TlsPeers modern = new TlsPeers("TLSv1.3", "a.example", List.of("h2"));
    TlsPeers older = new TlsPeers("TLSv1.2", "a.example", List.of("h2"));

    String first = line(segment(modern.handshake().get(1)));
    List<byte[]> flights = older.handshake();

    assertThat(first)
        .endsWith(
            ": TLS: ServerHello (version 1.3, cipher "
                + modern.suite()
                + "), change cipher spec, application data\n");
    assertThat(line(segment(flights.get(1))))
        .endsWith(
            ": TLS: ServerHello (version 1.2, cipher "
                + older.suite()
                + ", ALPN h2), Certificate, ServerKeyExchange, ServerHelloDone\n");
    assertThat(line(segment(flights.get(2))))
        .endsWith(": TLS: ClientKeyExchange, change cipher spec, encrypted handshake\n");
    assertThat(line(segment(flights.getLast()))).endsWith(": TLS: application data\n");
  }

  @Test
  void printsNothingOfASegmentThatBeginsWithinARecord()
      throws GeneralSecurityException, IOException {
    byte[] hello = hello("TLSv1.3", "www.example.com", "h2");

    String whole = line(segment(hello));
    String begin = line(segment(Arrays.copyOf(hello, 60)));
    String rest = line(segment(Arrays.copyOfRange(hello, 60, hello.length)));

    assertThat(whole).contains("SNI www.example.com");
    assertThat(begin).endsWith("length 60: TLS: ClientHello (version 1.2)\n");
    assertThat(rest).endsWith("length " + (hello.length - 60) + "\n");
  }

  @Test
  void namesHelloRetryRequests() {
    String line = line(segment(serverHello(RETRY, 0x1301)));

    assertThat(line).contains(": TLS: HelloRetryRequest (version 1.2, cipher TLS_AES_128_GCM_");
  }

  @Test
  void namesCipherSuitesAsTsharkDoes() throws IOException {
    Requirement.tool("tshark");
    List<byte[]> frames =
        segments(
            Stream.of(
                    range(0, 0xC8),
                    range(0x1301, 0x1306),
                    range(0xC001, 0xC0B0),
                    range(0xCCA8, 0xCCAB))
                .flatMap(IntStream::boxed)
                .map(suite -> serverHello("11".repeat(32), suite))
                .toList());

    List<String> theirs = matches(frames, "Cipher Suite: (\\w+) \\(0x");

    assertThat(theirs.size()).isEqualTo(frames.size());
    int named = 0;
    for (int i = 0; i < frames.size(); i++) {
      String line = line(frames.get(i));
      if (!line.contains(", cipher 0x")) {
        assertThat(line).contains(", cipher " + theirs.get(i) + ")");
        named++;
      }
    }
    assertThat(named).isGreaterThan(40);
  }

  @Test
  void namesAlertsAsTsharkDoes() throws IOException {
    Requirement.tool("tshark");
    List<byte[]> frames =
        segments(
            range(0, 121)
                .mapToObj(reason -> start().hex("15 0303 0002 02").u8(reason).toBytes())
                .toList());

    List<String> theirs = matches(frames, "^ +Description: (.*) \\(\\d+\\)");

    assertThat(theirs.size()).isEqualTo(frames.size());
    for (int i = 0; i < frames.size(); i++) {
      String name = theirs.get(i).toLowerCase(Locale.ROOT).replace(' ', '_');
      String expected = name.equals("unknown") ? Integer.toString(i) : name;
      assertThat(line(frames.get(i))).endsWith(": TLS: alert (fatal " + expected + ")\n");
    }
  }

  private List<String> matches(List<byte[]> frames, String pattern) throws IOException {
    Pattern compiled = Pattern.compile(pattern);
    return new Tshark(directory)
        .details(frames, "tls").stream()
            .map(compiled::matcher)
            .filter(each -> each.find())
            .map(each -> each.group(1))
            .toList();
  }

  private static int highest(String versions) {
    return Arrays.stream(versions.split(",", -1))
        .mapToInt(Integer::decode)
        .filter(each -> each <= 0x0304)
        .max()
        .orElseThrow();
  }

  private static byte[] hello(String version, String host, String... protocols)
      throws GeneralSecurityException, IOException {
    return new TlsPeers(version, host, List.of(protocols)).hello();
  }

  /// A ClientHello with values that are there to be ignored (RFC 8701).
  private static byte[] greased() {
    byte[] extensions =
        start()
            .hex("2a2a 0000")
            .hex("0000 000e 000c 00 0009")
            .text("b.example")
            .hex("002b 0007 06 fafa 0304 0303")
            .hex("0010 0005 0003 02")
            .text("h2")
            .toBytes();
    byte[] body =
        start()
            .hex("0303")
            .zeros(32)
            .hex("00 0004 1a1a 1301 01 00")
            .u16(extensions.length)
            .bytes(extensions)
            .toBytes();
    return record(1, body);
  }

  private static byte[] serverHello(String random, int suite) {
    return record(2, start().hex("0303").hex(random).u8(0).u16(suite).hex("00 0000").toBytes());
  }

  private static byte[] record(int type, byte[] body) {
    return start()
        .hex("16 0303")
        .u16(4 + body.length)
        .u8(type)
        .u8(0)
        .u16(body.length)
        .bytes(body)
        .toBytes();
  }

  private static Sample sample(String name, byte[] payload) {
    return ethernet(name, segment(payload)).continued();
  }

  /// Segments of different connections, so that tshark reads each by itself.
  private static List<byte[]> segments(List<byte[]> payloads) {
    return range(0, payloads.size())
        .mapToObj(each -> ipv4(6, tcp(40000 + each, 443, 1, 1, 0x18, "", payloads.get(each))))
        .toList();
  }

  private static byte[] segment(byte[] payload) {
    return segments(List.of(payload)).getFirst();
  }
}
