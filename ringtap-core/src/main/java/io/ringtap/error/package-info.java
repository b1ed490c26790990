/// Errors of system calls: error numbers, and the exception that carries one together with the
/// operation, its subject and what may help.
///
/// This package uses no other.
@NullMarked
package io.ringtap.error;

import org.jspecify.annotations.NullMarked;
