/// Who is watched: what the configured sources come to, names and their addresses, and what changes
/// from one inventory to the next.
@NullMarked
package io.ringtap.monitor.target;

import org.jspecify.annotations.NullMarked;
