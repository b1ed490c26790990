package io.ringtap.monitor.config;

import io.ringtap.monitor.config.yaml.Mistake;
import io.ringtap.monitor.config.yaml.Mistakes;
import io.ringtap.monitor.config.yaml.Section;
import io.ringtap.monitor.config.yaml.YamlNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// From which sites of a fleet targets are watched.
public final class Sites {
  /// What stands for all of them.
  private static final String ALL = "all";

  /// Parts of names of consumer groups, of keys, labels and file names.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  private Sites() {}

  /// Checks the name of a site.
  ///
  /// @return the name
  /// @throws IllegalArgumentException saying why it is refused, and the right form
  public static String checkedName(String name) {
    if (!NAME.matcher(name).matches() || name.equals(ALL)) {
      throw new IllegalArgumentException(
          Mistake.quoted(name)
              + " is no name of a site; write up to 63 letters, digits, '.', '_' and '-', as fra1");
    }
    return name;
  }

  /// Takes the key `sites` of a section.
  ///
  /// @param base what holds where the section says nothing
  /// @return sorted; empty for all sites
  static List<String> read(Section section, List<String> base, Mistakes mistakes) {
    YamlNode node = section.take("sites");
    if (node == null) {
      return base;
    }
    if (node instanceof YamlNode.Scalar(String text, _, _, _) && text.equals(ALL)) {
      return List.of();
    }
    if (!(node instanceof YamlNode.Sequence(List<YamlNode> items, _, _)) || items.isEmpty()) {
      mistakes.add(
          node, "sites are a list of names", "write sites: [fra1, ams2], or all for all of them");
      return base;
    }
    Set<String> names = new LinkedHashSet<>();
    for (YamlNode item : items) {
      String name = Section.value(item, "sites", Sites::checkedName, mistakes);
      if (name != null && !names.add(name)) {
        mistakes.add(item, "the site " + Mistake.quoted(name) + " again", "");
      }
    }
    return names.stream().sorted().toList();
  }
}
