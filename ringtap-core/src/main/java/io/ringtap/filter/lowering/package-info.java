/// What the words of a filter mean for the bytes of a packet: where each header lies after each
/// link type and encapsulation, and which values of its fields a primitive asks for.
@NullMarked
package io.ringtap.filter.lowering;

import org.jspecify.annotations.NullMarked;
