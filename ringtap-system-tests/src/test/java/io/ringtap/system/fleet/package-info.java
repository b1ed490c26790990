/// The fleet as a whole: agents and callers over a real broker.
package io.ringtap.system.fleet;
