/// The kernel's structs and constants, transcribed from its headers and checked with the C
/// compiler; see [CHeader].
@NullMarked
package io.ringtap.linux.abi;

import org.jspecify.annotations.NullMarked;
