package io.ringtap.lab.profile;

import io.ringtap.lab.report.Profile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Call chains laid over each other: who called what, in how many samples. Not thread-safe.
final class CallTree {
  /// A function in its place.
  private static final class Node {
    private final Map<String, Node> callees = new LinkedHashMap<>();
    private long samples;
  }

  private final Node root = new Node();

  /// Adds a sample.
  ///
  /// @param functions from the outermost inwards
  void add(List<String> functions) {
    Node node = root;
    node.samples++;
    for (String function : functions) {
      node = node.callees.computeIfAbsent(function, _ -> new Node());
      node.samples++;
    }
  }

  long samples() {
    return root.samples;
  }

  /// The tree as a list, each function before what it called, the most frequent first. Calls with
  /// fewer than `least` samples are left out; they count as their caller.
  List<Profile.Frame> frames(long least) {
    List<Profile.Frame> frames = new ArrayList<>();
    add(root, 0, least, frames);
    return frames;
  }

  private static void add(Node node, int depth, long least, List<Profile.Frame> frames) {
    node.callees.entrySet().stream()
        .filter(callee -> callee.getValue().samples >= least)
        .sorted(
            Comparator.comparingLong((Map.Entry<String, Node> callee) -> callee.getValue().samples)
                .reversed())
        .forEach(callee -> {
          frames.add(new Profile.Frame(depth, callee.getKey(), callee.getValue().samples));
          add(callee.getValue(), depth + 1, least, frames);
        });
  }
}
