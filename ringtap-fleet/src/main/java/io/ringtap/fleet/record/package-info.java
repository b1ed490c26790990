/// What stands in the topics: their names, the keys and values of records, and their JSON. What is
/// read from a topic may come from anybody, so it is checked before it becomes a record.
@NullMarked
package io.ringtap.fleet.record;

import org.jspecify.annotations.NullMarked;
