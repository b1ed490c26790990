/// What all sites of a fleet have probed, read into a monitor.
@NullMarked
package io.ringtap.fleet.reader;

import org.jspecify.annotations.NullMarked;
