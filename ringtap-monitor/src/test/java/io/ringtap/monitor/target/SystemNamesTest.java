package io.ringtap.monitor.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.target.NameService.Answer;
import io.ringtap.monitor.target.NameService.NameFailure;
import io.ringtap.monitor.target.Resolvers.Settings;
import io.ringtap.packet.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

class SystemNamesTest {
  private final Map<String, InetAddress> library = new HashMap<>();
  private final List<String> askedOfLibrary = new ArrayList<>();
  private ScriptedDns dns;
  private Path hosts;
  private SystemNames names;

  @BeforeEach
  void serve(@TempDir Path folder) throws IOException {
    dns = new ScriptedDns();
    hosts = Files.writeString(folder.resolve("hosts"), "192.0.2.7 fixed.example short\n");
    Settings settings = Settings.of(List.of(dns.address()), Duration.ofMillis(100));
    Settings withSearch =
        new Settings(settings.server(), List.of(Name.fromConstantString("lan.example.")), 1);
    names = new SystemNames(hosts, () -> withSearch, this::inLibrary);
  }

  @AfterEach
  void end() {
    dns.close();
  }

  private InetAddress[] inLibrary(String name) throws UnknownHostException {
    askedOfLibrary.add(name);
    InetAddress found = library.get(name);
    if (found == null) {
      throw new UnknownHostException(name);
    }
    return new InetAddress[] {found};
  }

  private Answer find(String host, AddressFamily family, @Nullable String known)
      throws NameFailure, InterruptedException {
    return names.find(host, family, known == null ? null : IpAddress.parse(known));
  }

  private static Answer answer(long ttl, String... addresses) {
    return new Answer(List.of(addresses).stream().map(IpAddress::parse).toList(), ttl);
  }

  @Test
  void findsAddressesAndTheirTtl() throws Exception {
    dns.answer("a.example. A", "a.example. 300 A 192.0.2.1", "a.example. 300 A 192.0.2.2");

    assertThat(find("a.example", AddressFamily.IPV4, null).ttlSeconds()).isEqualTo(300);
    assertThat(find("a.example", AddressFamily.IPV4, null).addresses())
        .containsExactlyInAnyOrder(IpAddress.parse("192.0.2.1"), IpAddress.parse("192.0.2.2"));
    assertThat(dns.questions).containsOnly("a.example. A");
  }

  @Test
  void reliesOnAnAliasNoLongerThanThatAllows() throws Exception {
    dns.answer(
        "www.example. A", "www.example. 30 CNAME host.example.", "host.example. 3600 A 192.0.2.1");
    dns.answer("far.example. A", "far.example. 20 CNAME host.example.");
    dns.answer("host.example. A", "host.example. 3600 A 192.0.2.1");

    assertThat(find("www.example", AddressFamily.IPV4, null)).isEqualTo(answer(30, "192.0.2.1"));
    assertThat(find("far.example", AddressFamily.IPV4, null)).isEqualTo(answer(20, "192.0.2.1"));
  }

  @Test
  void findsIpv6Addresses() throws Exception {
    dns.answer("a.example. AAAA", "a.example. 60 AAAA 2001:db8::1");

    assertThat(find("a.example", AddressFamily.IPV6, null)).isEqualTo(answer(60, "2001:db8::1"));
  }

  @Test
  void takesTheFamilyToWhichThereIsAWayWhereEitherWillDo() throws Exception {
    dns.answer("both.example. A", "both.example. 60 A 127.0.0.1");
    dns.answer("both.example. AAAA", "both.example. 30 AAAA ::1");
    dns.answer("one.example. A", "one.example. 60 A 192.0.2.1");
    dns.answer("one.example. AAAA");

    Answer both = find("both.example", AddressFamily.ANY, null);
    assertThat(both.ttlSeconds()).isEqualTo(30);
    assertThat(both.addresses())
        .containsExactlyInAnyOrder(IpAddress.parse("127.0.0.1"), IpAddress.parse("::1"));
    assertThat(find("one.example", AddressFamily.ANY, null)).isEqualTo(answer(60, "192.0.2.1"));
  }

  @Test
  void doesNotMoveToTheOtherFamilyBecauseOneCouldNotBeAskedFor() throws Exception {
    dns.answer("a.example. A", "a.example. 60 A 192.0.2.1");
    dns.fail("a.example. AAAA", Rcode.SERVFAIL);

    assertThat(find("a.example", AddressFamily.ANY, null)).isEqualTo(answer(60, "192.0.2.1"));
    assertThat(find("a.example", AddressFamily.ANY, "192.0.2.1"))
        .isEqualTo(answer(60, "192.0.2.1"));
    assertThatThrownBy(() -> find("a.example", AddressFamily.ANY, "2001:db8::1"))
        .isInstanceOf(NameFailure.class)
        .hasMessage("the name server failed");
  }

  @Test
  void takesTheHostsFileBeforeDns() throws Exception {
    assertThat(find("fixed.example", AddressFamily.ANY, null)).isEqualTo(answer(60, "192.0.2.7"));
    assertThat(find("short", AddressFamily.IPV4, null)).isEqualTo(answer(60, "192.0.2.7"));
    assertThat(dns.questions).isEmpty();
  }

  @Test
  void looksInTheSearchDomains() throws Exception {
    dns.answer("printer.lan.example. A", "printer.lan.example. 60 A 192.0.2.5");

    assertThat(find("printer", AddressFamily.IPV4, null)).isEqualTo(answer(60, "192.0.2.5"));
  }

  @Test
  void asksTheLibraryForWhatDnsDoesNotHave() throws Exception {
    library.put("cam.local", InetAddress.getByName("192.0.2.9"));

    assertThat(find("cam.local", AddressFamily.ANY, null)).isEqualTo(answer(60, "192.0.2.9"));
    assertThatThrownBy(() -> find("cam.local", AddressFamily.IPV6, null))
        .hasMessage("no IPv6 address");
    assertThatThrownBy(() -> find("none.example", AddressFamily.ANY, null))
        .hasMessage("no such name");
  }

  @Test
  void doesNotWaitForTheLibraryWhereNoServerAnswers() {
    dns.keepSilent("a.example. A");

    assertThatThrownBy(() -> find("a.example", AddressFamily.IPV4, null))
        .isInstanceOf(NameFailure.class)
        .hasMessage("no name server answers");
    assertThat(askedOfLibrary).isEmpty();
  }

  @Test
  void asksForInternationalizedNamesAsDnsHasThem() throws Exception {
    dns.answer("xn--bcher-kva.example. A", "xn--bcher-kva.example. 60 A 192.0.2.1");

    assertThat(find("bücher.example", AddressFamily.IPV4, null)).isEqualTo(answer(60, "192.0.2.1"));
  }
}
