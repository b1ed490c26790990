/// `ringtap top`: who sends what. A [Meter] on each capture thread counts into a sketch; once an
/// interval all of them are swapped, added up and shown. Or a program in the kernel counts.
@NullMarked
package io.ringtap.cli.top;

import org.jspecify.annotations.NullMarked;
