/// Link layers, and protocols that they carry in place of IP.
@NullMarked
package io.ringtap.print.link;

import org.jspecify.annotations.NullMarked;
