/// Completions in the shells that they are for.
@NullMarked
package io.ringtap.system.completion;

import org.jspecify.annotations.NullMarked;
