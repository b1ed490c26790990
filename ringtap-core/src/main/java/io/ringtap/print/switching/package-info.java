/// Protocols of switches: neighbors, loops, aggregates, VLANs and access control.
@NullMarked
package io.ringtap.print.switching;

import org.jspecify.annotations.NullMarked;
