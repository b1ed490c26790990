/// What goes wrong at the boundary to the kernel: error numbers, and the exception that carries one
/// with what was asked, of what, and what may help.
///
/// This package uses no other.
@NullMarked
package io.ringtap.error;

import org.jspecify.annotations.NullMarked;
