/// Who sends most: packets counted by traffic keys such as addresses, flows and ports, the heaviest
/// of them kept in bounded memory, with a bound on what may have been missed.
@NullMarked
package io.ringtap.top;

import org.jspecify.annotations.NullMarked;
