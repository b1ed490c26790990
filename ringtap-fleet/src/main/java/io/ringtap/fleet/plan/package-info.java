/// From a configuration to the topic of targets: what is to be changed there, shown before it is
/// written.
@NullMarked
package io.ringtap.fleet.plan;

import org.jspecify.annotations.NullMarked;
