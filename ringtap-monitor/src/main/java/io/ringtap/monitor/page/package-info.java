/// The page: who is watched and how they are, the history of each, events and traces. What it shows
/// it asks for as JSON, and changes come to it as a stream.
@NullMarked
package io.ringtap.monitor.page;

import org.jspecify.annotations.NullMarked;
