/// What carries a pinger out: the threads that send and receive. Below it are
/// [io.ringtap.ping.engine.socket], where requests go out and answers come in, and
/// [io.ringtap.ping.engine.probe], which says what becomes of each probe.
///
/// It speaks of series of probes, not of requests: a [io.ringtap.ping.engine.probe.ProbeSeries]
/// goes in, and its listener hears, on the receiving thread and without an object made, what
/// becomes of each probe. It does not know the package above it, and is not exported.
@NullMarked
package io.ringtap.ping.engine;

import org.jspecify.annotations.NullMarked;
