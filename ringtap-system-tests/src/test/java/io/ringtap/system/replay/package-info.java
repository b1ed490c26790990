/// Sending: the library's sender and `ringtap replay`, with what arrives at the other end of a
/// cable.
package io.ringtap.system.replay;
