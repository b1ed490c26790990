/// YAML files as people write them: a tree whose nodes know their line, and readers that report
/// each mistake with its place and the right form instead of ending at the first.
///
/// This package uses no other of the monitor.
@NullMarked
package io.ringtap.monitor.config.yaml;

import org.jspecify.annotations.NullMarked;
