/// The caller's side of jobs: who takes part, who does which part, and when all is accounted for.
@NullMarked
package io.ringtap.fleet.job.call;

import org.jspecify.annotations.NullMarked;
