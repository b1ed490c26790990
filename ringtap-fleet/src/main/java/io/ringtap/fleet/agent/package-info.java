/// The agent of a fleet: probes the targets of its shards, as far as it is allowed to, and tells of
/// itself.
@NullMarked
package io.ringtap.fleet.agent;

import org.jspecify.annotations.NullMarked;
