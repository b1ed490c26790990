package io.ringtap.filter.lowering;

import io.ringtap.bpf.AncillaryField;
import io.ringtap.filter.condition.Condition;
import io.ringtap.filter.condition.Condition.Compare;
import io.ringtap.filter.condition.Condition.Relation;
import io.ringtap.filter.condition.Conditions;
import io.ringtap.filter.condition.Value;
import io.ringtap.filter.condition.Value.Ancillary;
import io.ringtap.filter.condition.Value.Constant;
import io.ringtap.packet.EtherType;
import java.util.Set;

/// What is known of a tag that the kernel has taken out before any packet is seen: it was one of
/// 802.1Q or 802.1ad.
final class KnownTpid {
  private static final Set<Integer> TPIDS = Set.of(EtherType.VLAN, EtherType.QINQ);

  private KnownTpid() {}

  /// The comparison, or its answer if it asks only for the TPID and both give the same.
  static Condition known(Compare compare) {
    if (!(compare.left() instanceof Ancillary(AncillaryField field))
        || field != AncillaryField.VLAN_TPID
        || !(compare.right() instanceof Constant(int number))) {
      return compare;
    }
    boolean first = compare.relation().holds(EtherType.VLAN, number);
    if (first != compare.relation().holds(EtherType.QINQ, number)) {
      return compare;
    }
    return first ? Conditions.ALWAYS : Conditions.NEVER;
  }

  /// Either condition: surely, if they ask for the one TPID and the other.
  static Condition either(Condition left, Condition right) {
    boolean isSure =
        left instanceof Compare(Value first, Relation a, Constant(int one))
            && right instanceof Compare(Value second, Relation b, Constant(int other))
            && first.equals(second)
            && first.equals(new Ancillary(AncillaryField.VLAN_TPID))
            && a == Relation.EQUAL
            && b == Relation.EQUAL
            && one != other
            && TPIDS.contains(one)
            && TPIDS.contains(other);
    return isSure ? Conditions.ALWAYS : Conditions.or(left, right);
  }
}
