/// Small programs on the library.
@NullMarked
package io.ringtap.examples;

import org.jspecify.annotations.NullMarked;
