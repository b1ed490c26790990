/// Getting at a Kafka cluster: clients from the user's own properties, topics, and what went wrong
/// in words. It knows nothing of what is in records.
@NullMarked
package io.ringtap.fleet.broker;

import org.jspecify.annotations.NullMarked;
