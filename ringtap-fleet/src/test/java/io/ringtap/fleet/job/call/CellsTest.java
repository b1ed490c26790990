package io.ringtap.fleet.job.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.fleet.job.message.RangeSet;
import io.ringtap.packet.IpRange;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellsTest {
  private static RangeSet set(String... ranges) {
    return RangeSet.of(Arrays.stream(ranges).map(IpRange::parse).toList());
  }

  @Test
  void leavesWhatAllMaySendToInOnePiece() {
    RangeSet extent = set("10.0.0.0/16");

    assertThat(Cells.of(extent, List.of(extent, extent))).containsExactly(extent);
  }

  @Test
  void tellsApartWhoMaySendWhereAndLeavesOutWhereNobodyMay() {
    List<RangeSet> cells =
        Cells.of(set("10.0.0.0/8"), List.of(set("10.1.0.0/16"), set("10.1.128.0-10.2.127.255")));

    assertThat(cells)
        .containsExactlyInAnyOrder(set("10.1.0.0/17"), set("10.1.128.0/17"), set("10.2.0.0/17"));
  }
}
