/// A fleet on one machine, to look at.
@NullMarked
package io.ringtap.examples.fleet;

import org.jspecify.annotations.NullMarked;
