package io.ringtap.lab.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.lab.report.Profile.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallTreeTest {
  @Test
  void putsEachFunctionAfterItsCallerAndTheFrequentFirst() {
    CallTree tree = new CallTree();
    tree.add(List.of("main", "a", "b"));
    tree.add(List.of("main", "c"));
    tree.add(List.of("main", "c", "b"));
    tree.add(List.of("main"));

    assertThat(tree.samples()).isEqualTo(4);
    assertThat(tree.frames(1))
        .containsExactly(
            new Frame(0, "main", 4),
            new Frame(1, "c", 2),
            new Frame(2, "b", 1),
            new Frame(1, "a", 1),
            new Frame(2, "b", 1));
    assertThat(tree.frames(2)).containsExactly(new Frame(0, "main", 4), new Frame(1, "c", 2));
  }
}
