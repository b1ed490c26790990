/// The library's sweeps, of hosts that answer by a rule.
package io.ringtap.system.sweep;
