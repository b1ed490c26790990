package io.ringtap.lab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ringtap.lab.report.Profile.Frame;
import io.ringtap.lab.report.Profile.Function;
import io.ringtap.lab.report.Profile.Part;
import io.ringtap.lab.report.Profile.Slice;
import io.ringtap.lab.report.Profile.SystemCall;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ProfilePicturesTest {
  private static final String HOSTILE = "a<b>&\"'\u0007\ud800]]>";
  private static final double PIXEL = 0.11; // coordinates are rounded to tenths

  /// 100 samples of the peer, 300 of the kernel beside it, and others that have no share.
  private static Profile profile(String name) {
    return profile(name, 0);
  }

  private static Profile profile(String name, long lost) {
    return new Profile(
        name,
        "1 CPU injects",
        250_007,
        lost,
        List.of(
            new Slice(Part.PEER, "copies", 60),
            new Slice(Part.PEER, "locks", 40),
            new Slice(Part.KERNEL, "AF_PACKET", 200),
            new Slice(Part.KERNEL, "locks", 100),
            new Slice(Part.OTHERS, "C code", 1000),
            new Slice(Part.IDLE, "other kernel", 5)),
        List.of(
            new Function(Part.PEER, "copies", "_copy_to_iter", 60),
            new Function(Part.PEER, "locks", "_raw_spin_lock", 40),
            new Function(Part.KERNEL, "AF_PACKET", "tpacket_rcv", 200),
            new Function(Part.KERNEL, "locks", name, 95),
            new Function(Part.KERNEL, "", "(each below 0.2 %)", 5)),
        List.of(
            new Frame(0, "the kernel beside it", 300),
            new Frame(1, "tpacket_rcv", 290),
            new Frame(2, "_raw_spin_lock", 95),
            new Frame(1, name, 10),
            new Frame(0, "the peer", 100),
            new Frame(1, "main", 100),
            new Frame(2, "recv", 60)),
        List.of(new SystemCall("recvfrom", 1000, 2, 5_000_000)));
  }

  private static NodeList boxes(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
        .getElementsByTagName("rect");
  }

  private static double number(NodeList boxes, int index, String attribute) {
    return Double.parseDouble(((Element) boxes.item(index)).getAttribute(attribute));
  }

  @Test
  void drawsEachCallOnItsCallerAndAsWideAsItsSamples() throws Exception {
    Profile profile = profile("x");

    NodeList boxes = boxes(FlameGraph.draw(profile));

    List<Frame> frames = profile.frames();
    assertThat(boxes.getLength()).isEqualTo(frames.size());
    List<Integer> callers = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      int depth = frames.get(i).depth();
      assertThat(number(boxes, i, "width")).isCloseTo(2.4 * frames.get(i).samples(), within(PIXEL));
      callers.subList(depth, callers.size()).clear();
      if (depth > 0) {
        int caller = callers.getLast();
        double left = number(boxes, caller, "x");
        double right = left + number(boxes, caller, "width");
        assertThat(number(boxes, i, "x")).isGreaterThanOrEqualTo(left - PIXEL);
        assertThat(number(boxes, i, "x") + number(boxes, i, "width"))
            .isLessThanOrEqualTo(right + PIXEL);
        assertThat(number(boxes, i, "y") + number(boxes, i, "height"))
            .isCloseTo(number(boxes, caller, "y"), within(PIXEL));
      }
      callers.add(i);
    }
    assertThat(boxes.item(2).getTextContent()).isEqualTo("_raw_spin_lock: 23.8 %, 95 samples");
  }

  @Test
  void drawsPiecesThatFillTheBar() throws Exception {
    List<Profile> profiles = List.of(profile("x"), profile("y"));

    NodeList boxes = boxes(StackedBars.draw(profiles, new ProfileGroups(profiles)));

    int legend = 3;
    assertThat(boxes.getLength()).isEqualTo(legend + 2 * 4);
    double sum = 0;
    for (int i = legend; i < legend + 4; i++) {
      sum += number(boxes, i, "width");
      assertThat(boxes.item(i).getTextContent()).containsPattern(", \\w+: \\d+\\.\\d %");
    }
    double left = number(boxes, legend, "x");
    assertThat(left + sum).isCloseTo(960, within(4 * PIXEL));
    assertThat(number(boxes, legend, "width") / sum).isCloseTo(0.1, within(0.001));
  }

  @Test
  void staysWellFormedWhateverAFunctionIsCalled() throws Exception {
    List<Profile> profiles = List.of(profile(HOSTILE));

    assertThat(boxes(FlameGraph.draw(profiles.getFirst())).getLength()).isEqualTo(7);
    assertThat(boxes(StackedBars.draw(profiles, new ProfileGroups(profiles))).getLength())
        .isEqualTo(7);
  }

  @Test
  void showsTheLargestGroupsAndPutsTheRestTogether() {
    List<Slice> slices = new ArrayList<>();
    for (int i = 1; i <= ProfileGroups.COLOURS + 3; i++) {
      slices.add(new Slice(Part.KERNEL, "group " + i, i));
    }
    Profile many = new Profile("x", "", 1, 0, slices, List.of(), List.of(), List.of());

    ProfileGroups groups = new ProfileGroups(List.of(many));

    assertThat(groups.shown()).hasSize(ProfileGroups.COLOURS + 1).last().isEqualTo("all else");
    assertThat(groups.shown()).first().isEqualTo("group 14");
    assertThat(
            groups.shown().stream()
                .mapToDouble(group -> groups.percent(many, Part.KERNEL, group))
                .sum())
        .isCloseTo(100, within(1e-9));
    assertThat(groups.percent(many, Part.KERNEL, "all else")).isCloseTo(600.0 / 105, within(1e-9));
  }

  @Test
  void saysHowMuchOfItWasLost() {
    Report report = MadeUpReport.withProfiles(List.of(profile("x", 41)));

    assertThat(MarkdownReport.text(report)).contains("| x | 0.10 (41 records lost) |");
    assertThat(HtmlReport.text(report)).contains("41 records lost");
  }

  @Test
  void standsInAllFormsOfTheReport() throws Exception {
    Report report = MadeUpReport.withProfiles(List.of(profile("C, ring")));

    assertThat(DataFile.read(DataFile.text(report).getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(report);
    assertThat(MarkdownReport.text(report))
        .contains("## Where the time goes")
        .contains("| C, ring | 0.10 | 25.0 | 50.0 | 35.0 | 15.0 |")
        .contains("| tpacket\\_rcv | 50.0 | AF\\_PACKET | the kernel beside it |")
        .contains("| recvfrom | 1000 | 2 | 5.0 | 5.00 |");
    assertThat(HtmlReport.text(report))
        .contains("<summary>C, ring, 1 CPU injects</summary>")
        .contains("recvfrom");
  }
}
