/// Files as bytes: names with the time in them, streams, compression, and why a file cannot be
/// used.
@NullMarked
package io.ringtap.savefile.file;

import org.jspecify.annotations.NullMarked;
