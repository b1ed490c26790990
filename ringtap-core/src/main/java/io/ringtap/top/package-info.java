/// Top talkers: packets counted by keys such as addresses, flows and ports, in this process or in
/// the kernel. The heaviest keys are kept in bounded memory, with a bound on the error of each
/// count.
///
/// To show the top senders:
///
/// {@snippet class="io.ringtap.examples.ShowTopTalkers" region="program"}
@NullMarked
package io.ringtap.top;

import org.jspecify.annotations.NullMarked;
