/// The command called as `ping`, beside the ping of iputils and with programs that read it.
package io.ringtap.system.iputils;
