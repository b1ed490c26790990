/// Ringtap: measure and record networks from the JVM at the speed of the Linux kernel.
///
/// [io.ringtap.ping] is the pinger, [io.ringtap.capture] the capture, [io.ringtap.bpf] its filters,
/// [io.ringtap.packet] the wire formats, [io.ringtap.device] the machine's interfaces. What lies
/// below them is exported to Ringtap's own modules alone and may change at any time.
@SuppressWarnings("module") // the modules named in "to" are built after this one
module io.ringtap {
  requires jdk.jfr;
  requires static org.jspecify;

  exports io.ringtap.capture;
  exports io.ringtap.device;
  exports io.ringtap.packet;
  exports io.ringtap.ping;
  exports io.ringtap.ping.shield;
  exports io.ringtap.print;
  exports io.ringtap.record;
  exports io.ringtap.savefile;
  exports io.ringtap.savefile.block;
  exports io.ringtap.send;
  exports io.ringtap.sweep;
  exports io.ringtap.sweep.space;
  exports io.ringtap.top;
  exports io.ringtap.trace;
  exports io.ringtap.bpf;
  exports io.ringtap.ebpf;
  exports io.ringtap.ebpf.kernel;
  exports io.ringtap.error;
  exports io.ringtap.filter;
  exports io.ringtap.filter.name;
  exports io.ringtap.target to
      io.ringtap.cli,
      io.ringtap.monitor;
  exports io.ringtap.linux to
      io.ringtap.cli,
      io.ringtap.lab,
      io.ringtap.testnet;
  exports io.ringtap.linux.abi to
      io.ringtap.cli,
      io.ringtap.lab,
      io.ringtap.testnet;
  exports io.ringtap.linux.abi.bpf to
      io.ringtap.lab,
      io.ringtap.testnet;
  exports io.ringtap.linux.abi.perf to
      io.ringtap.lab;
  exports io.ringtap.linux.abi.netlink to
      io.ringtap.lab,
      io.ringtap.testnet;
  exports io.ringtap.linux.abi.socket to
      io.ringtap.cli,
      io.ringtap.lab,
      io.ringtap.testnet;
  exports io.ringtap.linux.abi.packet to
      io.ringtap.cli,
      io.ringtap.lab,
      io.ringtap.testnet;
}
