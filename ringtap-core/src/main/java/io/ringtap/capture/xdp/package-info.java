/// Captures by XDP: the programs that watch frames or steal them, what holds them on an interface,
/// and the sources that show what they took.
@NullMarked
package io.ringtap.capture.xdp;

import org.jspecify.annotations.NullMarked;
