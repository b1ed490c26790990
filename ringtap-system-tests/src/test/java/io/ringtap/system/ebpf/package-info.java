/// Tests of eBPF against the running kernel: its verifier, its maps and its links.
package io.ringtap.system.ebpf;
