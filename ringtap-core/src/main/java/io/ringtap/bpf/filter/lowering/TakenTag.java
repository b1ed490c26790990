package io.ringtap.bpf.filter.lowering;
import io.ringtap.bpf.filter.graph.Condition;
import io.ringtap.packet.LinkType;
final class TakenTag {
  private TakenTag() {}
  static Condition onSocket(Condition c, LinkType t, int variables) { return c; }
}
