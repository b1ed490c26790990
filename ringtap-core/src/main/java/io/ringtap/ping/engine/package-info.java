/// What carries a pinger out: two threads, the table of probes that they share, clocks, and
/// sockets.
///
/// It speaks of series of probes, not of requests: a [io.ringtap.ping.engine.ProbeSeries] goes in,
/// and its listener hears, on the receiving thread and without an object made, what becomes of each
/// probe. It does not know the package above it, and is not exported.
@NullMarked
package io.ringtap.ping.engine;

import org.jspecify.annotations.NullMarked;
