package io.ringtap.device;

import java.nio.file.Path;

/// A value for one of the kernel's files.
///
/// @param path the file
/// @param value what is to be written, or what is there
/// @param purpose what it decides, such as `virtio0-input.0` or `rx-0`
public record KernelSetting(Path path, String value, String purpose) {}
