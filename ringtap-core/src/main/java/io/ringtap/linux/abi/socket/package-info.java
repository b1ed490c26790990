/// Sockets: addresses, messages and their control data, options, and the errors and stamps that the
/// kernel returns with them.
@NullMarked
package io.ringtap.linux.abi.socket;

import org.jspecify.annotations.NullMarked;
