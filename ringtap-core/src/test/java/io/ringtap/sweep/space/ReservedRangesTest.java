package io.ringtap.sweep.space;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.IpRange;
import io.ringtap.sweep.space.ReservedRanges.Reserved;
import java.util.List;
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
    SpaceBuilder builder = AddressSpace.builder().add(IpRange.parse("0.0.0.0/0"));
    ReservedRanges.all().forEach(each -> builder.exclude(each.range()));

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
}
