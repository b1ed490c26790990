package io.ringtap.print.wireless;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// The action frames of 802.11 (IEEE 802.11 §9.6): a category, and an action in it.
final class WirelessActions {
  private static final Names BLOCK_ACKNOWLEDGMENTS =
      Names.of(
          """
          0 ADDBA Request
          1 ADDBA Response
          2 DELBA\
          """);

  private static final Names HIGH_THROUGHPUT =
      Names.of(
          """
          0 TxChWidth
          1 MIMOPwrSave\
          """);

  private static final Names MESH =
      Names.of(
          """
          0 MeshLink
          1 HWMP
          2 Gate Announcement
          3 Congestion Control
          4 MCCA Setup Request
          5 MCCA Setup Reply
          6 MCCA Advertisement Request
          7 MCCA Advertisement
          8 MCCA Teardown
          9 TBTT Adjustment Request
          10 TBTT Adjustment Response\
          """);

  private static final Names MULTIHOP =
      Names.of(
          """
          0 Proxy Update
          1 Proxy Update Confirmation\
          """);

  private static final Names SELF_PROTECTED =
      Names.of(
          """
          1 Peering Open
          2 Peering Confirm
          3 Peering Close
          4 Group Key Inform
          5 Group Key Acknowledge\
          """);

  private static final Names NONE = Names.of("");

  private final Line line;

  WirelessActions(Line line) {
    this.line = line;
  }

  /// Prints the category and the action at `at`, which were captured.
  void print(long at) {
    int category = line.u8(at);
    switch (category) {
      case 0 -> action("Spectrum Management ", NONE, at);
      case 1 -> action("QoS ", NONE, at);
      case 2 -> action("DLS ", NONE, at);
      case 3 -> action("BA ", BLOCK_ACKNOWLEDGMENTS, at);
      case 7 -> action("HT ", HIGH_THROUGHPUT, at);
      case 13 -> action("MeshAction ", MESH, at);
      case 14 -> action("MultiohopAction ", MULTIHOP, at);
      case 15 -> action("SelfprotectAction ", SELF_PROTECTED, at);
      case 127 -> action("Vendor ", NONE, at);
      default -> line.print("Reserved(%u) Act#%u", category, line.u8(at + 1));
    }
  }

  private void action(String category, Names actions, long at) {
    int action = line.u8(at + 1);
    line.text(category).name(actions.find(action), "Act#%u", action);
  }
}
