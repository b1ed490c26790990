/// A filter in English: which packets it matches, and what it implies without saying so. Knows the
/// tree of the text and wire formats.
@NullMarked
package io.ringtap.filter.explanation;

import org.jspecify.annotations.NullMarked;
