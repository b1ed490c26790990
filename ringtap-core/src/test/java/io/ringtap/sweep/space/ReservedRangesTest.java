package io.ringtap.sweep.space;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.IpRange;
import io.ringtap.sweep.space.ReservedRanges.Reserved;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReservedRangesTest {
  @Test
  void areInOrderAndDoNotOverlap() {
    List<Reserved> all = ReservedRanges.all();

    for (int i = 1; i < all.size(); i++) {
      assertThat(all.get(i).range().first())
          .as(all.get(i).toString())
          .isGreaterThan(all.get(i - 1).range().last());
    }
  }

  /// As many as zmap says that it can scan with its default blocklist.
  @Test
  void leaveOfIpv4WhatCanBeReached() {
    SpaceBuilder builder = AddressSpace.builder();
    ReservedRanges.outside(IpRange.parse("0.0.0.0/0")).forEach(builder::add);

    assertThat(builder.build().size()).isEqualTo(3_702_258_432L);
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.0.0/16, LOCAL",
    "172.16.0.0-172.31.255.255, LOCAL",
    "127.0.0.1, LOCAL",
    "169.254.1.1, LOCAL",
    "192.0.2.7, LOCAL",
    "224.0.0.1, GROUP",
    "255.255.255.255, GROUP",
    "0.0.0.0, RESERVED",
    "250.0.0.0/8, RESERVED",
    "fd00::/8, LOCAL",
    "fe80::1, LOCAL",
    "::1, LOCAL",
    "ff02::1, GROUP",
    "::ffff:10.0.0.1, RESERVED"
  })
  void knowWhatARangeIsFor(String range, ReservedRanges.Use use) {
    assertThat(ReservedRanges.around(IpRange.parse(range)))
        .extracting(Reserved::use)
        .isEqualTo(use);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "172.32.0.0",
        "9.255.255.255-10.0.0.0",
        "10.0.0.0/7",
        "2001::1",
        "2606:4700::1111",
        "64:ff9b::1"
      })
  void haveNotWhatOthersCanReach(String range) {
    assertThat(ReservedRanges.around(IpRange.parse(range))).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "8.0.0.0/8, 8.0.0.0-8.255.255.255",
    "9.255.255.0-11.0.0.0, 9.255.255.0-9.255.255.255 11.0.0.0-11.0.0.0",
    "10.1.0.0/16, ",
    "223.255.255.255-255.255.255.255, 223.255.255.255-223.255.255.255",
    "::-::2, ::2-::2",
    "fdff::-ff00::1, fe00::-fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff "
        + "fec0::-feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
  })
  void leaveThePartsOfARangeThatAreOutside(String range, @Nullable String parts) {
    assertThat(ReservedRanges.outside(IpRange.parse(range)))
        .extracting(part -> part.first() + "-" + part.last())
        .containsExactly(parts == null ? new String[0] : parts.split(" ", -1));
  }

  @Test
  void agreeWithASpaceThatExcludesThem() {
    IpRange wide = IpRange.parse("2000::-2002:0:0:ffff:ffff:ffff:ffff:ffff");
    SpaceBuilder parts = AddressSpace.builder();
    ReservedRanges.outside(wide).forEach(part -> parts.add(part, InterfaceIds.LOW_BYTES));
    SpaceBuilder excluding = AddressSpace.builder().add(wide, InterfaceIds.LOW_BYTES);
    ReservedRanges.all().forEach(each -> excluding.exclude(each.range()));

    assertThat(parts.build().size()).isEqualTo(excluding.build().size());
  }
}
