package io.ringtap.linux.abi.ethtool;

import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.CText;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct ethtool_drvinfo` (`linux/ethtool.h`): the driver of an interface.
@CHeader(value = "linux/ethtool.h", type = "struct ethtool_drvinfo")
public final class EthtoolDrvinfo {
  private static final int TEXT_BYTES = 32;
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("cmd"),
          sequenceLayout(TEXT_BYTES, JAVA_BYTE).withName("driver"),
          sequenceLayout(TEXT_BYTES, JAVA_BYTE).withName("version"),
          sequenceLayout(TEXT_BYTES, JAVA_BYTE).withName("fw_version"),
          sequenceLayout(TEXT_BYTES, JAVA_BYTE).withName("bus_info"),
          sequenceLayout(TEXT_BYTES, JAVA_BYTE).withName("erom_version"),
          sequenceLayout(12, JAVA_BYTE).withName("reserved2"),
          JAVA_INT.withName("n_priv_flags"),
          JAVA_INT.withName("n_stats"),
          JAVA_INT.withName("testinfo_len"),
          JAVA_INT.withName("eedump_len"),
          JAVA_INT.withName("regdump_len"));
  public static final int BYTES = (int) LAYOUT.byteSize();
  private static final long CMD = Offsets.of(LAYOUT, "cmd");
  private static final long DRIVER = Offsets.of(LAYOUT, "driver");
  private static final long VERSION = Offsets.of(LAYOUT, "version");
  private static final long FW_VERSION = Offsets.of(LAYOUT, "fw_version");
  private static final long BUS_INFO = Offsets.of(LAYOUT, "bus_info");

  private EthtoolDrvinfo() {}

  /// Asks for the driver.
  public static MemorySegment allocate(Arena arena) {
    MemorySegment request = arena.allocate(LAYOUT);
    request.set(JAVA_INT, CMD, Ethtool.ETHTOOL_GDRVINFO);
    return request;
  }

  public static String driver(MemorySegment memory) {
    return CText.read(memory, DRIVER, TEXT_BYTES);
  }

  public static String version(MemorySegment memory) {
    return CText.read(memory, VERSION, TEXT_BYTES);
  }

  public static String fwVersion(MemorySegment memory) {
    return CText.read(memory, FW_VERSION, TEXT_BYTES);
  }

  /// The device's bus address, such as `0000:00:03.0`.
  public static String busInfo(MemorySegment memory) {
    return CText.read(memory, BUS_INFO, TEXT_BYTES);
  }
}
