/// What a tracer puts on the wire and takes from it: its packets, filters and sockets, and what an
/// answer says of the probe that it is about. It decides nothing, and is not exported.
@NullMarked
package io.ringtap.trace.engine;

import org.jspecify.annotations.NullMarked;
