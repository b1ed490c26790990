/// `ringtap trace`: where packets go, and where they are lost.
@NullMarked
package io.ringtap.cli.trace;

import org.jspecify.annotations.NullMarked;
