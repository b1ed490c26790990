/// IPv4 and IPv6, and protocols that only IP carries.
@NullMarked
package io.ringtap.print.network;

import org.jspecify.annotations.NullMarked;
