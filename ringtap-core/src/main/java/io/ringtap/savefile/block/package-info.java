/// The blocks of pcapng (draft-ietf-opsawg-pcapng) as bytes: their numbers, a view of a block as it
/// stands in a file, a walk over its options, and a builder. What the blocks mean to a capture is
/// the business of [io.ringtap.savefile].
@NullMarked
package io.ringtap.savefile.block;

import org.jspecify.annotations.NullMarked;
