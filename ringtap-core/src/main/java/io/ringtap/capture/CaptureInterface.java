package io.ringtap.capture;

import io.ringtap.packet.FrameInterface;
import io.ringtap.packet.LinkType;

/// An interface that is being captured on.
///
/// @param name its name when the capture was opened, or [CaptureOptions#ANY]
/// @param index its number in the kernel, which it keeps when it is renamed; 0 for all
/// @param linkType what its frames begin with
/// @param wasUp whether it was up when the capture was opened. Where it was not, packets come as
///   soon as it is
public record CaptureInterface(String name, int index, LinkType linkType, boolean wasUp)
    implements FrameInterface {}
