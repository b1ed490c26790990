package io.ringtap.linux.abi.ethtool;

import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct ethtool_drvinfo` (`linux/ethtool.h`): who drives an interface.
@CHeader(value = "linux/ethtool.h", type = "struct ethtool_drvinfo")
public final class EthtoolDrvinfo {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("cmd"),
          sequenceLayout(32, JAVA_BYTE).withName("driver"),
          sequenceLayout(32, JAVA_BYTE).withName("version"),
          sequenceLayout(32, JAVA_BYTE).withName("fw_version"),
          sequenceLayout(32, JAVA_BYTE).withName("bus_info"),
          sequenceLayout(32, JAVA_BYTE).withName("erom_version"),
          sequenceLayout(12, JAVA_BYTE).withName("reserved2"),
          JAVA_INT.withName("n_priv_flags"),
          JAVA_INT.withName("n_stats"),
          JAVA_INT.withName("testinfo_len"),
          JAVA_INT.withName("eedump_len"),
          JAVA_INT.withName("regdump_len"));
  public static final int BYTES = (int) LAYOUT.byteSize();

  private EthtoolDrvinfo() {}

  /// Asks for the driver.
  public static MemorySegment allocate(Arena arena) {
    MemorySegment request = arena.allocate(LAYOUT);
    request.set(JAVA_INT, 0, Ethtool.ETHTOOL_GDRVINFO);
    return request;
  }

  public static String driver(MemorySegment memory) {
    return Ethtool.text(memory, 4, 32);
  }

  public static String version(MemorySegment memory) {
    return Ethtool.text(memory, 36, 32);
  }

  public static String fwVersion(MemorySegment memory) {
    return Ethtool.text(memory, 68, 32);
  }

  /// Where the device is, such as `0000:00:03.0`.
  public static String busInfo(MemorySegment memory) {
    return Ethtool.text(memory, 100, 32);
  }
}
