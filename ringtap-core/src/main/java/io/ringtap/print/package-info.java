/// Prints packets: as lines in the style of tcpdump, or as JSON objects.
@NullMarked
package io.ringtap.print;

import org.jspecify.annotations.NullMarked;
