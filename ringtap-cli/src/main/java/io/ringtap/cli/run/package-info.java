/// What the runs of all commands share: how a process begins and how signals end it, what is said
/// on standard error and in which words, and what happens at intervals.
@NullMarked
package io.ringtap.cli.run;

import org.jspecify.annotations.NullMarked;
