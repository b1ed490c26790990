/// The line that is being printed: a cursor over the captured bytes that cannot leave them, the
/// text so far, and the protocols by their numbers. It knows no protocol.
@NullMarked
package io.ringtap.print.line;

import org.jspecify.annotations.NullMarked;
