package io.ringtap.monitor.config.yaml;

import io.ringtap.monitor.config.yaml.YamlNode.Entry;
import io.ringtap.monitor.config.yaml.YamlNode.Mapping;
import io.ringtap.monitor.config.yaml.YamlNode.Scalar;
import io.ringtap.monitor.config.yaml.YamlNode.Sequence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Builds the tree of one document from the parser's events. It does not recurse and knows how
/// large the tree is with its aliases written out, so no file can exhaust stack or memory.
final class YamlTree {
  private static final int DEEPEST = 32;
  private static final long MOST_NODES = 4_000_000;

  private final Mistakes mistakes;
  private final int lastLine;
  private final Deque<Open> open = new ArrayDeque<>();
  private final Map<String, Anchored> anchors = new HashMap<>();
  private @Nullable YamlNode root;

  /// A node that an alias may name.
  ///
  /// @param size how many nodes it has with all aliases written out
  private record Anchored(YamlNode node, long size) {}

  /// A list or mapping whose end has not come.
  private static final class Open {
    final boolean isMapping;
    final @Nullable String anchor;
    final int line;
    final int column;
    final List<YamlNode> items = new ArrayList<>(); // of a mapping: key, value, key, value
    long size = 1;

    Open(boolean isMapping, @Nullable String anchor, int line, int column) {
      this.isMapping = isMapping;
      this.anchor = anchor;
      this.line = line;
      this.column = column;
    }
  }

  private YamlTree(Mistakes mistakes, int lastLine) {
    this.mistakes = mistakes;
    this.lastLine = lastLine;
  }

  /// The tree of a text; null if it is empty or no YAML.
  static @Nullable YamlNode read(String text, Mistakes mistakes) {
    int lastLine = Math.max(1, YamlFile.lines(text) - (text.endsWith("\n") ? 1 : 0));
    YamlTree tree = new YamlTree(mistakes, lastLine);
    LoadSettings settings =
        LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).setUseMarks(true).build();
    if (!hasControlCharacter(text, mistakes)) {
      try {
        ParserImpl parser = new ParserImpl(settings, new StreamReader(settings, text));
        boolean goesOn = true;
        while (goesOn && parser.hasNext()) {
          goesOn = tree.take(parser.next());
        }
        return tree.root;
      } catch (MarkedYamlEngineException e) {
        tree.refuse(e);
      } catch (YamlEngineException e) {
        mistakes.add(1, 1, "not YAML: " + Mistake.quoted(String.valueOf(e.getMessage())), "");
      }
    }
    return null;
  }

  /// YAML forbids them, and says so less clearly.
  private static boolean hasControlCharacter(String text, Mistakes mistakes) {
    int line = 1;
    int lineBegin = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        line++;
        lineBegin = i + 1;
      } else if (!StreamReader.isPrintable(c) && !Character.isSurrogate(c)) {
        mistakes.add(
            line,
            i - lineBegin + 1,
            "a control character (U+%04X)".formatted((int) c),
            "remove it");
        return true;
      }
    }
    return false;
  }

  private void refuse(MarkedYamlEngineException e) {
    Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
    int line = mark == null ? 1 : Math.min(mark.getLine() + 1, lastLine);
    String problem = String.valueOf(e.getProblem());
    int column = mark == null ? 1 : mark.getColumn() + 1;
    if (problem.contains("TAB")) {
      mistakes.add(line, column, "a tab where YAML allows only blanks", "indent with blanks");
      return;
    }
    String context = e.getContext() == null ? "" : " " + e.getContext();
    mistakes.add(
        line, column, "not YAML: " + (problem + context).replaceAll("\\p{Cntrl}", " "), "");
  }

  /// @return false if the rest is not worth reading
  private boolean take(Event event) {
    Mark mark = event.getStartMark().orElse(null);
    int line = mark == null ? 1 : Math.min(mark.getLine() + 1, lastLine);
    int column = mark == null ? 1 : mark.getColumn() + 1;
    switch (event) {
      case DocumentStartEvent _ when root != null -> {
        mistakes.add(line, column, "a second document begins here", "one file has one document");
        return false;
      }
      case ScalarEvent scalar -> {
        refuseTag(scalar.getTag(), line, column);
        Scalar node = new Scalar(scalar.getValue(), scalar.isPlain(), line, column);
        return put(node, name(scalar.getAnchor()), 1);
      }
      case CollectionStartEvent start -> {
        refuseTag(start.getTag(), line, column);
        if (open.size() == DEEPEST) {
          mistakes.add(line, column, "nested more than " + DEEPEST + " deep", "");
          return false;
        }
        boolean isMapping = start instanceof MappingStartEvent;
        open.push(new Open(isMapping, name(start.getAnchor()), line, column));
      }
      case CollectionEndEvent _ -> {
        Open ended = open.pop();
        YamlNode node =
            ended.isMapping
                ? new Mapping(entries(ended.items), ended.line, ended.column)
                : new Sequence(List.copyOf(ended.items), ended.line, ended.column);
        return put(node, ended.anchor, ended.size);
      }
      case AliasEvent alias -> {
        Anchored anchored = anchors.get(alias.getAlias().getValue());
        if (anchored == null) {
          String name = Mistake.quoted(alias.getAlias().getValue());
          mistakes.add(line, column, "there is no anchor " + name + " before this alias", "");
          return put(new Scalar("", true, line, column), null, 1);
        }
        return put(anchored.node, null, anchored.size);
      }
      default -> {}
    }
    return true;
  }

  private static @Nullable String name(Optional<Anchor> anchor) {
    return anchor.map(Anchor::getValue).orElse(null);
  }

  private void refuseTag(Optional<String> tag, int line, int column) {
    if (tag.isPresent() && !tag.get().equals("tag:yaml.org,2002:str")) {
      mistakes.add(line, column, "the tag " + Mistake.quoted(tag.get()), "leave tags out");
    }
  }

  private boolean put(YamlNode node, @Nullable String anchor, long size) {
    if (anchor != null) {
      anchors.put(anchor, new Anchored(node, size));
    }
    Open parent = open.peek();
    if (parent == null) {
      root = node;
      return true;
    }
    parent.items.add(node);
    parent.size += size;
    if (parent.size > MOST_NODES) {
      mistakes.add(
          parent.line, parent.column, "more than " + MOST_NODES + " values, with aliases", "");
      return false;
    }
    return true;
  }

  private List<Entry> entries(List<YamlNode> items) {
    List<Entry> entries = new ArrayList<>(items.size() / 2);
    Map<String, Scalar> keys = new HashMap<>();
    for (int i = 0; i + 1 < items.size(); i += 2) {
      if (!(items.get(i) instanceof Scalar key)) {
        mistakes.add(items.get(i), "a key that is no plain text", "");
        continue;
      }
      Scalar first = keys.putIfAbsent(key.text(), key);
      if (first != null) {
        String name = Mistake.quoted(key.text());
        mistakes.add(key, "the key " + name + " again, as in line " + first.line(), "");
        continue;
      }
      entries.add(new Entry(key, items.get(i + 1)));
    }
    return List.copyOf(entries);
  }
}
