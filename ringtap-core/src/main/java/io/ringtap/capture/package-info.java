/// Live captures from packet sockets or by XDP, and savefiles read through the same interface
/// ([io.ringtap.capture.FrameSource]).
@NullMarked
package io.ringtap.capture;

import org.jspecify.annotations.NullMarked;
