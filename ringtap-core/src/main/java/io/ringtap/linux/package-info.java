/// The running kernel as it is: system calls under their man-page names, which return a result or
/// `-errno`, and owners for what must be given back (descriptors, mappings, sockets). The structs
/// and constants of these calls are in `abi` and the packages below it.
///
/// It is exported only to Ringtap's own modules, and it is the only one that calls restricted
/// methods of the Foreign Function & Memory API.
@NullMarked
package io.ringtap.linux;

import org.jspecify.annotations.NullMarked;
