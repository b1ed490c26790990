package io.ringtap.device;

/// What drives an interface.
///
/// @param name such as `ixgbe` or `veth`
/// @param version the driver's version, for most that of the kernel; may be empty
/// @param firmware the device's own version; may be empty
/// @param bus where the device is, such as `0000:00:03.0`; may be empty
public record Driver(String name, String version, String firmware, String bus) {}
