package io.ringtap.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

  /// RFC 4291 §2.2, RFC 5952 §4 and §5, and their edge cases.
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "192.0.2.7, 192.0.2.7",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "0:0:0:0:0:0:0:0, ::",
    "2001:DB8:0:0:8:800:200C:417A, 2001:db8::8:800:200c:417a",
    "2001:0db8::0001, 2001:db8::1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
    "0:0:3:4:5:6:0:0, ::3:4:5:6:0:0",
    "::FFFF:129.144.52.38, ::ffff:129.144.52.38",
    "::ffff:8190:3426, ::ffff:129.144.52.38",
    "::13.1.68.3, ::d01:4403",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
  })
  void writesWhatItReadInCanonicalForm(String text, String canonical) {
    IpAddress address = IpAddress.parse(text);

    assertThat(address).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "1",
        "1.2",
        "1.2.3",
        "1.2.3.",
        ".1.2.3",
        "1..2.3",
        "1.2.3.4.",
        "1.2.3.4.5",
        "1.2.3.256",
        "1.2.3.04",
        "1.2.3.00",
        "0x1.2.3.4",
        "1.2.3.4 ",
        " 1.2.3.4",
        "+1.2.3.4",
        "1.2.3.-4",
        "1.2.3.99999999999",
        "1.2.3.4/24",
        "\u0661.2.3.4",
        ":",
        ":::",
        "1:",
        ":1",
        "1:::2",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8",
        "1::2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7:",
        "12345::",
        "::g",
        "::1.2.3",
        "::1.2.3.4.5",
        "::1.2.3.256",
        "::01.2.3.4",
        "1.2.3.4::",
        "::1.2.3.4:5",
        "1:2:3:4:5:6:7:1.2.3.4",
        "fe80::1%eth0",
        "[::1]",
        "::1/128",
        "::\uFF11",
        "host",
        "a.b.c.d",
      })
  void refusesWhatIsNoLiteral(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IpAddress.parse(text))
        .withMessageContaining("\"" + text + "\"");
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IpAddress.parse("10.0.010.1"))
        .withMessage(
            "not an IP address: \"10.0.010.1\": a number with a leading zero (at character 8)");
  }

  @Test
  @Randomized
  void readsEverySpellingOfAnAddress() {
    Property.forAll(random -> {
      IpAddress address = random(random);

      for (String spelling : spellings(address)) {
        assertThat(IpAddress.parse(spelling)).as(spelling).isEqualTo(address);
      }
    });
  }

  @Test
  @Randomized
  void writesTextThatTheJdkReadsAsTheSameAddress() {
    Property.forAll(random -> {
      IpAddress address = random(random);

      InetAddress read = InetAddress.ofLiteral(address.toString());

      assertThat(read).isEqualTo(unmapped(address));
    });
  }

  @Test
  @Randomized
  void readsNothingThatTheJdkReadsOtherwise() {
    Property.forAll(random -> {
      StringBuilder text = new StringBuilder(random(random).toString());
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        char c = "0123456789abcdefF:.::".charAt(random.nextInt(21));
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, c);
          case 1 -> text.insert(at, c);
          default -> text.deleteCharAt(at).append(c);
        }
      }
      IpAddress address;
      try {
        address = IpAddress.parse(text.toString());
      } catch (IllegalArgumentException _) {
        return; // stricter than the JDK, on purpose
      }

      InetAddress read = InetAddress.ofLiteral(text.toString());

      assertThat(read).as(text.toString()).isEqualTo(unmapped(address));
    });
  }

  @Test
  @Randomized
  void goesToTheJdkAndBack() {
    Property.forAll(random -> {
      IpAddress address = random(random);

      InetAddress inetAddress = address.toInetAddress();

      assertThat(IpAddress.of(inetAddress)).isEqualTo(address);
      assertThat(inetAddress instanceof Inet6Address).isEqualTo(address.isIpv6());
    });
  }

  @Test
  @Randomized
  void ordersAddressesAsUnsignedNumbersIpv4First() {
    Property.forAll(random -> {
      IpAddress one = random(random);
      IpAddress other = random(random);

      int order = Integer.signum(one.compareTo(other));

      assertThat(order).isEqualTo(number(one).compareTo(number(other)));
    });
  }

  @Test
  void refusesAnIpv4AddressOfMoreThan32Bits() {
    assertThatIllegalArgumentException().isThrownBy(() -> new IpAddress(false, 0, 1L << 32));
    assertThatIllegalArgumentException().isThrownBy(() -> new IpAddress(false, 1, 0));
  }

  private static IpAddress random(SplittableRandom random) {
    if (random.nextInt(4) == 0) {
      return IpAddress.ofIpv4(random.nextInt());
    }
    if (random.nextInt(8) == 0) {
      return IpAddress.ofIpv6(0, 0xFFFF_0000_0000L | Integer.toUnsignedLong(random.nextInt()));
    }
    return IpAddress.ofIpv6(sparse(random), sparse(random));
  }

  /// Four groups, some of them zero or short.
  private static long sparse(SplittableRandom random) {
    long half = 0;
    for (int i = 0; i < 4; i++) {
      half = half << 16 | random.nextInt(1 << (random.nextBoolean() ? 0 : random.nextInt(17)));
    }
    return half;
  }

  private static List<String> spellings(IpAddress address) {
    String canonical = address.toString();
    if (!address.isIpv6()) {
      return List.of(canonical);
    }
    String full = "";
    for (int shift = 48; shift >= 0; shift -= 16) {
      full += "%04x:".formatted(address.high() >>> shift & 0xFFFF);
    }
    long low = address.low();
    String groups =
        "%04x:%04x:%x:%x"
            .formatted(low >>> 48, low >>> 32 & 0xFFFF, low >>> 16 & 0xFFFF, low & 0xFFFF);
    String embedded =
        "%04x:%x:%d.%d.%d.%d"
            .formatted(
                low >>> 48,
                low >>> 32 & 0xFFFF,
                low >>> 24 & 0xFF,
                low >>> 16 & 0xFF,
                low >>> 8 & 0xFF,
                low & 0xFF);
    return List.of(
        canonical,
        canonical.toUpperCase(Locale.ROOT),
        full + groups,
        full + embedded,
        address.toInetAddress().getHostAddress());
  }

  /// The address as parsed by the JDK, which reads an IPv4-mapped address as IPv4.
  private static InetAddress unmapped(IpAddress address) {
    return address.isIpv6() && address.high() == 0 && address.low() >>> 32 == 0xFFFF
        ? IpAddress.ofIpv4((int) address.low()).toInetAddress()
        : address.toInetAddress();
  }

  /// The family, then the bytes, as one number.
  private static BigInteger number(IpAddress address) {
    BigInteger octets = new BigInteger(1, address.toInetAddress().getAddress());
    return address.isIpv6() ? octets.setBit(128) : octets;
  }
}
