/// The language between the words of a filter and its program: a [Condition] asks for numbers of a
/// packet, a [Value] is one. Knows what the kernel says beside a packet, and nothing else.
@NullMarked
package io.ringtap.filter.condition;

import org.jspecify.annotations.NullMarked;
