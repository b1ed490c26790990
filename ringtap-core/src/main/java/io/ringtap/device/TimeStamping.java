package io.ringtap.device;

/// Which time stamps a device and its driver can give packets.
///
/// @param isSoftwareReceive the kernel stamps as it takes a packet from the driver
/// @param isHardwareReceive the device stamps all packets as they arrive
/// @param isSoftwareTransmit the driver stamps as it hands a packet to the device
/// @param isHardwareTransmit the device stamps as a packet departs
/// @param clock the number of the device's clock, `/dev/ptpN`; -1 if it has none
public record TimeStamping(
    boolean isSoftwareReceive,
    boolean isHardwareReceive,
    boolean isSoftwareTransmit,
    boolean isHardwareTransmit,
    int clock) {}
