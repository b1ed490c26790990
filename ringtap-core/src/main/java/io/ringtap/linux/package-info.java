/// System calls under their man-page names, which return a result or `-errno`, and owners of what
/// must be released (descriptors, mappings, sockets). The structs and constants of these calls are
/// in `abi` and the packages below it.
///
/// The package is exported only to Ringtap's own modules. Only this package calls restricted
/// methods of the Foreign Function & Memory API.
@NullMarked
package io.ringtap.linux;

import org.jspecify.annotations.NullMarked;
