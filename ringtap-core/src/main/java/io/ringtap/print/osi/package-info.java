/// OSI in place of IP: CLNP, ES-IS and IS-IS.
@NullMarked
package io.ringtap.print.osi;

import org.jspecify.annotations.NullMarked;
