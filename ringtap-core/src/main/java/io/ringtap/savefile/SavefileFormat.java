package io.ringtap.savefile;

/// A format of savefiles that this package writes. It reads all of these, in both byte orders.
public enum SavefileFormat {
  /// pcap with stamps in microseconds, which every tool reads. A file holds one link type and no
  /// directions, interfaces or comments.
  PCAP_MICROS,
  /// pcap with stamps in nanoseconds.
  PCAP_NANOS,
  /// pcapng with stamps in nanoseconds.
  PCAPNG
}
