/// What a probe is and what becomes of it: series and the table of probes, identifiers and cookies,
/// timers and clocks, the judge, and the inboxes by which the threads of an engine hand all this to
/// one another. No system calls for packets are made here.
@NullMarked
package io.ringtap.ping.engine.probe;

import org.jspecify.annotations.NullMarked;
