/// Which agent of a site has which targets: the shards that Kafka's consumer group gives it, and
/// what stands in them.
@NullMarked
package io.ringtap.fleet.shard;

import org.jspecify.annotations.NullMarked;
