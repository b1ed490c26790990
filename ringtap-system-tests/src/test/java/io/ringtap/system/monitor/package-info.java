/// `ringtap monitor` as a whole, with the programs around it as judges.
package io.ringtap.system.monitor;
