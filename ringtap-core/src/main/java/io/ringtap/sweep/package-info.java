/// Finds out who is there: one probe to each address of a space of any size, without memory for
/// each, at the speed of the link.
///
/// [io.ringtap.sweep.SweepTargets] names the targets, [io.ringtap.sweep.SweepOptions] says what is
/// sent to them and how fast, and a [io.ringtap.sweep.SweepListener] is shown the answers.
///
/// To sweep a prefix:
///
/// {@snippet class="io.ringtap.examples.SweepPrefix" region="program"}
@NullMarked
package io.ringtap.sweep;

import org.jspecify.annotations.NullMarked;
