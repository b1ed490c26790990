/// Records captured packets into savefiles: the capture threads encode them and a separate thread
/// writes them, in order of time on request, and past the page cache if the file system supports
/// it.
///
/// To record to rotated files:
///
/// {@snippet class="io.ringtap.examples.RecordPackets" region="program"}
@NullMarked
package io.ringtap.record;

import org.jspecify.annotations.NullMarked;
