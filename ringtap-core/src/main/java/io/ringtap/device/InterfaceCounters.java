package io.ringtap.device;

/// What an interface has counted since it was made (`struct rtnl_link_stats64`, documented in
/// `linux/if_link.h`). Drivers differ in what they count; what they do not is zero. A driver that
/// is reset may begin again.
///
/// @param rxPackets packets received well
/// @param txPackets packets sent
/// @param rxBytes bytes received
/// @param txBytes bytes sent
/// @param rxErrors frames received badly; the other receive errors are in it as the driver likes
/// @param txErrors packets that could not be sent
/// @param rxDropped packets received well and thrown away, for want of room or of an interested
///   protocol
/// @param txDropped packets thrown away before they were sent
/// @param multicast multicast packets among those received
/// @param rxLengthErrors frames of a wrong length
/// @param rxOverErrors frames that did not fit the receiver
/// @param rxCrcErrors frames with a bad checksum
/// @param rxFrameErrors frames that were badly aligned
/// @param rxFifoErrors frames lost because the device's buffer was full
/// @param rxMissedErrors frames lost because the host gave no buffers in time
/// @param txCarrierErrors frames lost for want of a carrier
/// @param txFifoErrors frames lost because the device's buffer ran empty
/// @param rxNohandler packets that an inactive port of a bond threw away
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
