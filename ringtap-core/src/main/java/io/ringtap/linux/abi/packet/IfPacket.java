package io.ringtap.linux.abi.packet;

import io.ringtap.linux.abi.CHeader;

/// Constants of `packet(7)`.
@CHeader("linux/if_packet.h")
public final class IfPacket {
  public static final int PACKET_HOST = 0;
  public static final int PACKET_BROADCAST = 1;
  public static final int PACKET_MULTICAST = 2;
  public static final int PACKET_OTHERHOST = 3;
  public static final int PACKET_OUTGOING = 4;

  public static final int PACKET_ADD_MEMBERSHIP = 1;
  public static final int PACKET_RX_RING = 5;
  public static final int PACKET_STATISTICS = 6;
  public static final int PACKET_AUXDATA = 8;
  public static final int PACKET_VERSION = 10;
  public static final int PACKET_TIMESTAMP = 17;
  public static final int PACKET_FANOUT = 18;
  public static final int PACKET_QDISC_BYPASS = 20;
  public static final int PACKET_FANOUT_DATA = 22;
  public static final int PACKET_IGNORE_OUTGOING = 23;
  public static final int TPACKET_V2 = 1;
  public static final int TPACKET_V3 = 2;
  public static final int TPACKET_ALIGNMENT = 16;
  public static final int PACKET_MR_PROMISC = 1;

  public static final int PACKET_FANOUT_HASH = 0;
  public static final int PACKET_FANOUT_LB = 1;
  public static final int PACKET_FANOUT_CPU = 2;
  public static final int PACKET_FANOUT_ROLLOVER = 3;
  public static final int PACKET_FANOUT_RND = 4;
  public static final int PACKET_FANOUT_QM = 5;
  public static final int PACKET_FANOUT_CBPF = 6;
  public static final int PACKET_FANOUT_FLAG_ROLLOVER = 0x1000;
  public static final int PACKET_FANOUT_FLAG_UNIQUEID = 0x2000;
  public static final int PACKET_FANOUT_FLAG_DEFRAG = 0x8000;

  public static final int TP_FT_REQ_FILL_RXHASH = 1;

  public static final int TP_STATUS_KERNEL = 0;
  public static final int TP_STATUS_USER = 1;
  public static final int TP_STATUS_COPY = 2;
  public static final int TP_STATUS_LOSING = 4;
  public static final int TP_STATUS_CSUMNOTREADY = 8;
  public static final int TP_STATUS_VLAN_VALID = 16;
  public static final int TP_STATUS_VLAN_TPID_VALID = 64;
  public static final int TP_STATUS_CSUM_VALID = 128;
  public static final int TP_STATUS_TS_RAW_HARDWARE = 0x8000_0000;

  private IfPacket() {}
}
