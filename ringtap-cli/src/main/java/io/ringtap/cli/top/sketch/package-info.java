/// The heaviest keys of a stream in bounded memory. Knows nothing of packets.
@NullMarked
package io.ringtap.cli.top.sketch;

import org.jspecify.annotations.NullMarked;
