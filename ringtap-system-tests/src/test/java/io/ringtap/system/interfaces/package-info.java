/// What the library and the commands say about interfaces: their list, their counters, their
/// interrupts.
package io.ringtap.system.interfaces;
