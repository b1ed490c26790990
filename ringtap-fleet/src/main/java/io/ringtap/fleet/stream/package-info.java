/// What is written to a topic as it comes, and never waits for a broker.
@NullMarked
package io.ringtap.fleet.stream;

import org.jspecify.annotations.NullMarked;
