/// What a host does with packets before anybody hears of them: NAT, reassembly, checksums,
/// firewall, routing. In each situation Debian's ping and fping say what the host's verdict is, and
/// Ringtap's must be the same.
package io.ringtap.system.situation;
