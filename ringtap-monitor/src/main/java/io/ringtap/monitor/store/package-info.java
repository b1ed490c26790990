/// The history: what became of all probes, of all targets, over years, in files that need no care;
/// who the targets were, and what happened to them.
///
/// Windows and probes stand in series files of our own, targets and events in an SQLite database.
/// All of it is written by one thread of the store's own.
@NullMarked
package io.ringtap.monitor.store;

import org.jspecify.annotations.NullMarked;
