/// The text of a filter as a tree of what it says, without what that means for a packet.
@NullMarked
package io.ringtap.filter.syntax;

import org.jspecify.annotations.NullMarked;
