/// Targets as users write them: names, addresses, prefixes and ranges, as words or in files.
@NullMarked
package io.ringtap.target;

import org.jspecify.annotations.NullMarked;
