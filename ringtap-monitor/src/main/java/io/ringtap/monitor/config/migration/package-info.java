/// Moving in: makes a configuration of the files of SmokePing, smokeping_prober and ping_exporter,
/// and says with its line what could not be carried over.
@NullMarked
package io.ringtap.monitor.config.migration;

import org.jspecify.annotations.NullMarked;
