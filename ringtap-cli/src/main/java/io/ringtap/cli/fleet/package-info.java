/// `ringtap fleet`: agents at many sites over Apache Kafka.
@NullMarked
package io.ringtap.cli.fleet;

import org.jspecify.annotations.NullMarked;
