package io.ringtap.savefile;

/// The counters of an interface in a pcapng file, since the beginning of the capture. A count of
/// [#UNKNOWN] is not in the file.
///
/// @param interfaceId the interface's index in the file's list
/// @param received packets that the interface received (`isb_ifrecv`)
/// @param droppedByInterface packets that it dropped (`isb_ifdrop`)
/// @param acceptedByFilter packets that the filter let through (`isb_filteraccept`)
/// @param droppedBySystem packets that the operating system dropped (`isb_osdrop`)
/// @param startNanos when the capture began, in nanoseconds since the epoch (`isb_starttime`)
/// @param endNanos when it ended (`isb_endtime`)
public record SavefileInterfaceStatistics(
    int interfaceId,
    long received,
    long droppedByInterface,
    long acceptedByFilter,
    long droppedBySystem,
    long startNanos,
    long endNanos) {
  /// Nothing is known.
  public static final long UNKNOWN = -1;
}
