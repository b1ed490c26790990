/// Packets as people and programs read them: a line a packet in the manner of tcpdump, or the
/// fields of a JSON object.
@NullMarked
package io.ringtap.print;

import org.jspecify.annotations.NullMarked;
