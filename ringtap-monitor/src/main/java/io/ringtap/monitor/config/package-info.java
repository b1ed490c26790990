/// The monitor's configuration: the YAML file, read and checked, as values.
@NullMarked
package io.ringtap.monitor.config;

import org.jspecify.annotations.NullMarked;
