package io.ringtap.system.print.link;

import static io.ringtap.testing.PacketBytes.start;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import io.ringtap.testing.PacketBytes;
import java.util.List;

/// Options in an option of IPCP. With `-vv` tcpdump dumps bytes after the option instead of it.
class IpcpTest extends PrinterBeside {
  private static final String COMPRESSION = "0061 000f 000f 0100 0005 00a8";

  @Override
  protected List<String> flags() {
    return List.of("", "-v");
  }

  @Override
  protected List<Sample> samples() {
    return List.of(
        compression("three", "0102 0202 0302"),
        compression("one that passes the end", "0102 0205"),
        compression("one without a type", "0102 0002"),
        compression("half of one", "01"));
  }

  private static Sample compression(String name, String options) {
    int length = 14 + PacketBytes.fromHex(options).length;
    return Sample.of(
        9,
        name,
        start()
            .hex("ff03 8021 01 07")
            .u16(4 + length)
            .u8(2)
            .u8(length)
            .hex(COMPRESSION)
            .hex(options)
            .toBytes());
  }
}
