/// The agent's side of jobs: which it does, within what it is allowed, and how.
@NullMarked
package io.ringtap.fleet.job.work;

import org.jspecify.annotations.NullMarked;
