package io.ringtap.system.print.link;

import static io.ringtap.testing.PacketBytes.ethernet;
import static io.ringtap.testing.PacketBytes.start;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.List;

class EapolTest extends PrinterBeside {
  @Override
  protected List<Sample> samples() {
    return List.of(
        eapol("start", "01 01 0000"),
        eapol("logoff", "02 02 0000"),
        eapol("key", "02 03 0005 02 0088 0000"),
        eapol("alert", "01 04 0002 0102"),
        eapol("unknown type", "01 09 0002 0102"),
        eapol("no packet", "01 00 0000"),
        eap("request for an identity", "01 07 0005 01"),
        eap("identity", "02 07 000a 01 75736572 00"),
        eap("notification", "01 07 0008 02 61 1b 62"),
        eap("empty notification", "01 07 0005 02"),
        eap("refusal", "02 07 0008 03 04 0d 63"),
        eap("empty refusal", "02 07 0005 03"),
        eap("challenge", "01 07 0008 04 02 0102"),
        eap("TLS", "01 07 000c 0d a0 00000400 1603"),
        eap("TLS without a length", "01 07 0006 0d 40"),
        eap("TLS with half a length", "01 07 0008 0d 80 0000"),
        eap("TLS without flags", "01 07 0005 0d"),
        eap("TTLS", "02 07 000a 15 81 00000400"),
        eap("FAST", "02 07 000a 2b 82 00000400"),
        eap("FAST without a length", "02 07 0006 2b 02"),
        eap("FAST with half a length", "02 07 0008 2b 82 0000"),
        eap("FAST without flags", "02 07 0005 2b"),
        eap("SIM", "01 07 0008 12 0a 0000"),
        eap("AKA", "01 07 0008 17 03 0000"),
        eap("AKA without a subtype", "01 07 0005 17"),
        eap("expanded type", "01 07 0008 fe 000000"),
        eap("unknown type of EAP", "01 07 0008 77 000000"),
        eap("request without a type", "01 07 0004"),
        eap("success", "03 07 0004"),
        eap("failure", "04 07 0004"),
        eap("unknown code", "09 07 0006 0102"),
        eap("too short", "01 07 0003"),
        eap("fragment", "01 07 0030 01"));
  }

  private static Sample eapol(String name, String hex) {
    return Sample.ethernet(name, ethernet(0x888E, start().hex(hex).toBytes()));
  }

  /// Padded, as short frames are.
  private static Sample eap(String name, String hex) {
    byte[] packet = start().hex(hex).toBytes();
    int length = packet[3];
    byte[] eapol =
        start().hex("02 00").u16(length == 0x30 ? 5 : length).bytes(packet).zeros(4).toBytes();
    return Sample.ethernet(name, ethernet(0x888E, eapol));
  }
}
