/// Wire formats where they lie: a frame and an offset in, a number out, nothing allocated. Knows
/// nobody.
@NullMarked
package io.ringtap.packet;

import org.jspecify.annotations.NullMarked;
