package io.ringtap.print.network;

import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Names;

/// What links can do, as OSPF and IS-IS say it for traffic engineering (RFC 3471, RFC 4124).
final class Gmpls {
  static final BitNames PROTECTIONS =
      BitNames.of(
          ", ",
          """
          0x01 Extra Traffic
          0x02 Unprotected
          0x04 Shared
          0x08 Dedicated 1:1
          0x10 Dedicated 1+1
          0x20 Enhanced
          0x40 Reserved
          0x80 Reserved\
          """);

  static final Names SWITCHING =
      Names.of(
          """
          1 Packet-Switch Capable-1
          2 Packet-Switch Capable-2
          3 Packet-Switch Capable-3
          4 Packet-Switch Capable-4
          51 Layer-2 Switch Capable
          100 Time-Division-Multiplex
          150 Lambda-Switch Capable
          200 Fiber-Switch Capable\
          """);

  static final Names ENCODINGS =
      Names.of(
          """
          1 Packet
          2 Ethernet V2/DIX
          3 ANSI/ETSI PDH
          4 Reserved
          5 SDH ITU-T G.707/SONET ANSI T1.105
          6 Reserved
          7 Digital Wrapper
          8 Lambda (photonic)
          9 Fiber
          10 Reserved
          11 FiberChannel\
          """);

  static final Names MODELS =
      Names.of(
          """
          0 Russian dolls
          1 Maximum allocation
          254 Maximum allocation with E-LSP support\
          """);

  private Gmpls() {}
}
