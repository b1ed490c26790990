/// Live captures from packet sockets or by XDP, and savefiles read through the same interface
/// ([io.ringtap.capture.FrameSource]).
///
/// Packets of an interface as a stream:
///
/// {@snippet class="io.ringtap.examples.CapturePackets" region="program"}
@NullMarked
package io.ringtap.capture;

import org.jspecify.annotations.NullMarked;
