/// Captures: what packet sockets deliver, what the command `ringtap capture` writes and prints of
/// it, and what `ringtap top` counts.
package io.ringtap.system.capture;
