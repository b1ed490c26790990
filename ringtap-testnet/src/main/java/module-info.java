/// Networks for tests on one machine: namespaces, veth pairs, virtual hosts with programmed faults,
/// prefixes that answer in the kernel, load generated in the kernel.
module io.ringtap.testnet {
  requires transitive io.ringtap;
  requires static org.jspecify;

  exports io.ringtap.testnet;
  exports io.ringtap.testnet.host;
  exports io.ringtap.testnet.load;
  exports io.ringtap.testnet.responder;
}
