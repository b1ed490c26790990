/// Kafka brokers as processes of their own, for tests and the example. Depends on Kafka and the
/// JDK, and on no module of Ringtap.
@NullMarked
package io.ringtap.testbroker;

import org.jspecify.annotations.NullMarked;
