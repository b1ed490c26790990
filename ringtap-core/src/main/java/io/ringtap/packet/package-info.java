/// Wire formats, read and written in place: methods take memory and an offset, return a number and
/// allocate nothing. Depends on no other package.
@NullMarked
package io.ringtap.packet;

import org.jspecify.annotations.NullMarked;
