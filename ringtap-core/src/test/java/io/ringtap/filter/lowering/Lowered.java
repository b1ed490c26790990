package io.ringtap.filter.lowering;

import io.ringtap.bpf.LookupTable;
import io.ringtap.filter.FilterOptions;
import io.ringtap.filter.PacketView;
import io.ringtap.filter.condition.Condition;
import io.ringtap.filter.syntax.Parser;

/// Expressions as conditions, from the options that a user gives.
final class Lowered {
  private Lowered() {}

  static Condition lower(String expression, FilterOptions options) {
    PacketForm form =
        new PacketForm(
            options.linkType(),
            options.view() == PacketView.SOCKET,
            options.view() != PacketView.SAVEFILE,
            options.anyVlan(),
            options.looksRowsUp(),
            options.netmask());
    return Lowering.lower(
        Parser.parse(expression), form, options.names(), new LookupTable.Builder());
  }
}
