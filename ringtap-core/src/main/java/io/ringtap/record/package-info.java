/// Captured packets into savefiles: laid out on the capture threads, written by a thread of its
/// own, in order of time where that is asked for, and past the page cache where the disk can.
@NullMarked
package io.ringtap.record;

import org.jspecify.annotations.NullMarked;
