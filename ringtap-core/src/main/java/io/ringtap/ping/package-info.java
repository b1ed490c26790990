/// The pinger: requests in, one outcome for each probe out.
@NullMarked
package io.ringtap.ping;

import org.jspecify.annotations.NullMarked;
