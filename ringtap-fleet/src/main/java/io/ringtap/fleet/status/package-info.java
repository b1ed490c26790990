/// What a fleet looks like at one moment: its agents, sites, shards and readers, for people and for
/// monitoring. It only reads.
@NullMarked
package io.ringtap.fleet.status;

import org.jspecify.annotations.NullMarked;
