/// Reservations of bandwidth and of paths with labels.
@NullMarked
package io.ringtap.print.rsvp;

import org.jspecify.annotations.NullMarked;
