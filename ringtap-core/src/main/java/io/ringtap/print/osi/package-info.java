/// Protocols of OSI: ES-IS and IS-IS.
@NullMarked
package io.ringtap.print.osi;

import org.jspecify.annotations.NullMarked;
