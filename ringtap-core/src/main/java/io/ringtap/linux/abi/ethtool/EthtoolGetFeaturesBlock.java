package io.ringtap.linux.abi.ethtool;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.StructLayout;

/// `struct ethtool_get_features_block` (`linux/ethtool.h`): the state of 32 features.
@CHeader(value = "linux/ethtool.h", type = "struct ethtool_get_features_block")
public final class EthtoolGetFeaturesBlock {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("available"),
          JAVA_INT.withName("requested"),
          JAVA_INT.withName("active"),
          JAVA_INT.withName("never_changed"));
  public static final int BYTES = (int) LAYOUT.byteSize();
  static final long AVAILABLE = Offsets.of(LAYOUT, "available");
  static final long ACTIVE = Offsets.of(LAYOUT, "active");

  private EthtoolGetFeaturesBlock() {}
}
