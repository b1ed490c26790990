/// `ringtap monitor`: its options and words. The monitor itself is a module of its own, which is
/// there only if it is asked for.
@NullMarked
package io.ringtap.cli.monitor;

import org.jspecify.annotations.NullMarked;
