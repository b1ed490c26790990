/// Results on their way to the topics: numbered, in order, and kept in a bounded spool while no
/// broker takes them.
@NullMarked
package io.ringtap.fleet.delivery;

import org.jspecify.annotations.NullMarked;
