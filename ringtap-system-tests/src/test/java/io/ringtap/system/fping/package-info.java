/// The command `ringtap fping`, beside fping and with programs that read it.
package io.ringtap.system.fping;
