package io.ringtap.device;

import java.nio.file.Path;

/// A value of one of the kernel's files.
///
/// @param path the file
/// @param value the value to write, or the current value
/// @param purpose what it applies to, such as `virtio0-input.0` or `rx-0`
public record KernelSetting(Path path, String value, String purpose) {}
