package io.ringtap.capture;

import io.ringtap.packet.FrameInterface;
import io.ringtap.packet.LinkType;

/// An interface of a capture.
///
/// @param name its name when the capture was opened, or [CaptureOptions#ANY]
/// @param index its index in the kernel, which it keeps when it is renamed; 0 for
///   [CaptureOptions#ANY]
/// @param linkType of its frames
/// @param wasUp whether it was up when the capture was opened. If it was not, packets arrive once
///   it is
public record CaptureInterface(String name, int index, LinkType linkType, boolean wasUp)
    implements FrameInterface {}
