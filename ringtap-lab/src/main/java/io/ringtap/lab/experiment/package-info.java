/// The experiments on which Ringtap stands, each of which anybody can repeat: what is measured, in
/// which network, beside which peers.
@NullMarked
package io.ringtap.lab.experiment;

import org.jspecify.annotations.NullMarked;
