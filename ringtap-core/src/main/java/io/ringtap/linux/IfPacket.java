package io.ringtap.linux;

/// Constants of `packet(7)`.
@CHeader("linux/if_packet.h")
public final class IfPacket {
  public static final int PACKET_HOST = 0;
  public static final int PACKET_BROADCAST = 1;
  public static final int PACKET_MULTICAST = 2;
  public static final int PACKET_OTHERHOST = 3;
  public static final int PACKET_OUTGOING = 4;

  public static final int PACKET_RX_RING = 5;
  public static final int PACKET_STATISTICS = 6;
  public static final int PACKET_VERSION = 10;
  public static final int PACKET_IGNORE_OUTGOING = 23;
  public static final int TPACKET_V3 = 2;

  public static final int TP_STATUS_KERNEL = 0;
  public static final int TP_STATUS_USER = 1;
  public static final int TP_STATUS_COPY = 2;
  public static final int TP_STATUS_LOSING = 4;
  public static final int TP_STATUS_CSUMNOTREADY = 8;
  public static final int TP_STATUS_VLAN_VALID = 16;
  public static final int TP_STATUS_VLAN_TPID_VALID = 64;
  public static final int TP_STATUS_CSUM_VALID = 128;

  private IfPacket() {}
}
