/// The running kernel as it is: system calls under their man-page names, structs beside their C
/// declarations, error numbers, and owners for what must be given back (descriptors, mappings).
///
/// This package knows nobody. It is exported to Ringtap's own modules alone, and it is the only one
/// that calls restricted methods of the Foreign Function & Memory API.
@NullMarked
package io.ringtap.linux;

import org.jspecify.annotations.NullMarked;
