/// What callers and agents write to each other about jobs: sweeps and traces. Checked on reading,
/// as all records of the fleet.
@NullMarked
package io.ringtap.fleet.job.message;

import org.jspecify.annotations.NullMarked;
