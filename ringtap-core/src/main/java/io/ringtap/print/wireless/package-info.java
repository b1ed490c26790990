/// Wireless LANs: 802.11 frames, and the data of the radio about them.
@NullMarked
package io.ringtap.print.wireless;

import org.jspecify.annotations.NullMarked;
