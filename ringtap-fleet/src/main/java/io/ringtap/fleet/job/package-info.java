/// Jobs that agents do when they are asked: what both sides of a job have in common.
@NullMarked
package io.ringtap.fleet.job;

import org.jspecify.annotations.NullMarked;
