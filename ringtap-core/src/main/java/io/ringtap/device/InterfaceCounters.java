package io.ringtap.device;

/// The counters of an interface since it was created (`struct rtnl_link_stats64`, documented in
/// `linux/if_link.h`). Drivers differ in what they count; what they do not count is zero. A reset
/// of the driver may set them to zero.
///
/// @param rxPackets packets received without errors
/// @param txPackets packets sent
/// @param rxBytes bytes received
/// @param txBytes bytes sent
/// @param rxErrors frames received with errors; which of the other receive errors it includes
///   depends on the driver
/// @param txErrors packets that could not be sent
/// @param rxDropped packets received without errors and dropped, for lack of memory or because no
///   protocol took them
/// @param txDropped packets dropped before they were sent
/// @param multicast multicast packets among those received
/// @param rxLengthErrors frames with a wrong length
/// @param rxOverErrors frames that did not fit the receiver
/// @param rxCrcErrors frames with a bad checksum
/// @param rxFrameErrors frames that were badly aligned
/// @param rxFifoErrors frames lost because the device's buffer was full
/// @param rxMissedErrors frames lost because the host gave no buffers in time
/// @param txCarrierErrors frames lost because there was no carrier
/// @param txFifoErrors frames lost because the device's buffer ran empty
/// @param rxNohandler packets dropped by an inactive port of a bond
public record InterfaceCounters(
    long rxPackets,
    long txPackets,
    long rxBytes,
    long txBytes,
    long rxErrors,
    long txErrors,
    long rxDropped,
    long txDropped,
    long multicast,
    long rxLengthErrors,
    long rxOverErrors,
    long rxCrcErrors,
    long rxFrameErrors,
    long rxFifoErrors,
    long rxMissedErrors,
    long txCarrierErrors,
    long txFifoErrors,
    long rxNohandler) {}
