/// Protocols of switches: neighbors, loops, aggregates, VLANs and who may connect.
@NullMarked
package io.ringtap.print.switching;

import org.jspecify.annotations.NullMarked;
