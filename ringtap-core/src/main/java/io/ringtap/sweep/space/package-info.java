/// The addresses of a sweep, and the order in which they come: any number of them, without memory
/// for each.
@NullMarked
package io.ringtap.sweep.space;

import org.jspecify.annotations.NullMarked;
