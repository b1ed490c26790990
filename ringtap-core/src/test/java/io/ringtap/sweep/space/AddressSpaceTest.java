package io.ringtap.sweep.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpRange;
import io.ringtap.sweep.SweepTarget;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressSpaceTest {
  @Test
  void mergesWhatOverlapsAndLeavesOutWhatIsExcluded() {
    AddressSpace space =
        space("10.0.0.0/30 10.0.0.2-10.0.0.5 10.0.0.9", "10.0.0.1 10.0.0.4-10.0.0.8");

    assertThat(addresses(space)).containsExactly("10.0.0.0", "10.0.0.2", "10.0.0.3", "10.0.0.9");
  }

  @Test
  void countsIpv4BeforeIpv6() {
    AddressSpace space = space("::1 255.255.255.255 ffff:: 0.0.0.0", "");

    assertThat(addresses(space)).containsExactly("0.0.0.0", "255.255.255.255", "::1", "ffff::");
    assertThat(space.ipv4Size()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0/0, 10.0.0.0/8, 4278190080",
    "0.0.0.0/1 128.0.0.0/1, , 4294967296",
    "10.0.0.0/24, 0.0.0.0/0, 0",
    "2001:db8::/80, 2001:db8::/96, 281470681743360",
    "2001:db8::fff0:0:0:0-2001:db8:0:1::f, 2001:db8::/64, 16"
  })
  void countsWithoutListing(String added, String excluded, long size) {
    assertThat(space(added, excluded == null ? "" : excluded).size()).isEqualTo(size);
  }

  @Test
  void hasLowBytesOfEachNetworkOfAPrefix() {
    AddressSpace space =
        AddressSpace.builder()
            .add(IpRange.parse("2001:db8::/62"), InterfaceIds.LOW_BYTES)
            .exclude(IpRange.parse("2001:db8:0:1::/64"))
            .build();

    assertThat(addresses(space))
        .hasSize(3 * 255)
        .startsWith("2001:db8::1", "2001:db8::2")
        .contains("2001:db8:0:2::ff")
        .endsWith("2001:db8:0:3::ff");
  }

  @Test
  void hasTheCardsOfAVendor() {
    AddressSpace space =
        AddressSpace.builder()
            .add(IpRange.parse("fe80::/64"), InterfaceIds.ofVendor(0x00163e))
            .build();

    assertThat(space.size()).isEqualTo(1 << 24);
    // 00:16:3e:12:34:56 has this address, as the kernel makes it
    IpAddress one = IpAddress.parse("fe80::216:3eff:fe12:3456");
    assertThat(space.indexOf(true, one.high(), one.low())).isEqualTo(0x123456);
  }

  @Test
  void hasAnAddressOnceThatAPatternAndAListName() {
    AddressSpace space =
        AddressSpace.builder()
            .add(IpRange.parse("2001:db8::/63"), InterfaceIds.LOW_BYTES)
            .add(IpRange.parse("2001:db8::80"))
            .add(IpRange.parse("2001:db8:0:1::100"))
            .build();

    assertThat(addresses(space)).hasSize(2 * 255 + 1).doesNotHaveDuplicates();
  }

  @Randomized
  void doesWhatASetOfAddressesWouldDo() {
    Property.forAll(random -> {
      SpaceBuilder builder = AddressSpace.builder();
      TreeSet<IpAddress> naive = new TreeSet<>();
      for (int i = random.nextInt(1, 8); i > 0; i--) {
        IpRange range = range(random);
        builder.add(range);
        range.forEach(naive::add);
      }
      for (int i = random.nextInt(5); i > 0; i--) {
        IpRange range = range(random);
        builder.exclude(range);
        range.forEach(naive::remove);
      }

      AddressSpace space = builder.build();

      assertThat(addresses(space))
          .containsExactlyInAnyOrderElementsOf(naive.stream().map(IpAddress::toString).toList());
      for (int i = 0; i < 50; i++) {
        IpAddress address = range(random).first();
        long index = space.indexOf(address.isIpv6(), address.high(), address.low());
        assertThat(index >= 0).isEqualTo(naive.contains(address));
        if (index >= 0) {
          assertThat(addressAt(space, index)).isEqualTo(address);
        }
      }
    });
  }

  /// A small range in a small part of the addresses, so that many overlap.
  private static IpRange range(SplittableRandom random) {
    int size = random.nextInt(60);
    if (random.nextBoolean()) {
      int first = random.nextInt(1000) - 500 + (random.nextBoolean() ? 0 : 0x7FFF_FFFF);
      long begin = Math.min(Integer.toUnsignedLong(first), 0xFFFF_FFFFL - size);
      return new IpRange(new IpAddress(false, 0, begin), new IpAddress(false, 0, begin + size));
    }
    long high = random.nextInt(3) - 1L;
    long low = random.nextInt(200) - 100L;
    long last = low + size;
    boolean isCarried = low < 0 && last >= 0;
    if (isCarried && high == -1) {
      return new IpRange(IpAddress.ofIpv6(high, low), IpAddress.ofIpv6(high, -1));
    }
    return new IpRange(
        IpAddress.ofIpv6(high, low), IpAddress.ofIpv6(isCarried ? high + 1 : high, last));
  }

  @ParameterizedTest
  @ValueSource(strings = {"::/0", "2001:db8::/64", "2001:db8::/66 2001:db9::/66"})
  void refusesMoreThanAnIndexCanHold(String added) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> space(added, "::/8"))
        .withMessageContaining("more than 2^62");
  }

  @Test
  void holdsAsMuchAsAnIndexCan() {
    assertThat(space("2001:db8::/66", "").size()).isEqualTo(Permutation.MAX_SIZE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/8", "2001:db8::/65", "2001:db8::1"})
  void refusesPatternsInOtherRanges(String range) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AddressSpace.builder().add(IpRange.parse(range), InterfaceIds.LOW_BYTES));
  }

  @Test
  void hasTheSameDigestForTheSameAddresses() {
    String digest = space("10.0.0.0/24 10.0.1.0/24 ::1", "").digest();

    assertThat(digest).matches("[0-9a-f]{32}").isEqualTo(space("::1 10.0.0.0/23", "").digest());
    assertThat(digest).isNotEqualTo(space("10.0.0.0/23 ::2", "").digest());
    assertThat(digest).isNotEqualTo(space("10.0.0.0/23 ::1", "10.0.1.255").digest());
  }

  static AddressSpace space(String added, String excluded) {
    SpaceBuilder builder = AddressSpace.builder();
    ranges(added).forEach(builder::add);
    ranges(excluded).forEach(builder::exclude);
    return builder.build();
  }

  private static List<IpRange> ranges(String text) {
    return text.isEmpty()
        ? List.of()
        : List.of(text.split(" ", -1)).stream().map(IpRange::parse).toList();
  }

  private static List<String> addresses(AddressSpace space) {
    List<String> addresses = new ArrayList<>();
    for (long index = 0; index < space.size(); index++) {
      IpAddress address = addressAt(space, index);
      assertThat(space.indexOf(address.isIpv6(), address.high(), address.low())).isEqualTo(index);
      addresses.add(address.toString());
    }
    return addresses;
  }

  private static IpAddress addressAt(AddressSpace space, long index) {
    SweepTarget target = new SweepTarget();
    space.read(index, 0, target);
    return new IpAddress(target.isIpv6(), target.high(), target.low());
  }
}
