/// Wireless LANs: 802.11 frames, and what the radio says of them.
@NullMarked
package io.ringtap.print.wireless;

import org.jspecify.annotations.NullMarked;
