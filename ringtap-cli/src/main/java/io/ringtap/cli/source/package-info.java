/// What commands that capture from interfaces share: the options about interfaces, sockets and
/// filters, opening the capture, and what is said about it on standard error.
@NullMarked
package io.ringtap.cli.source;

import org.jspecify.annotations.NullMarked;
