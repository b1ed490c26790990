/// The forms in which `ringtap ping` prints its results, one class each behind [PingView].
@NullMarked
package io.ringtap.cli.ping.view;

import org.jspecify.annotations.NullMarked;
