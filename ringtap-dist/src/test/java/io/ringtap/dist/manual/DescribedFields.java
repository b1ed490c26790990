package io.ringtap.dist.manual;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Text;

/// What the section JSON FIELDS of a page says.
///
/// @param units the fields, with what stands in parentheses after them, or after the others that
///   they are named with; empty if there is nothing
/// @param words everything that is marked as a word of the output, the fields among them
record DescribedFields(Map<String, String> units, Set<String> words) {
  static DescribedFields of(String page) throws IOException {
    DescribedFields fields = new DescribedFields(new TreeMap<>(), new TreeSet<>());
    for (Node node : Prose.of(page).section("JSON FIELDS")) {
      node.accept(fields.reader());
    }
    return fields;
  }

  private AbstractVisitor reader() {
    return new AbstractVisitor() {
      @Override
      public void visit(Code code) {
        words.add(code.getLiteral());
      }

      @Override
      public void visit(ListItem item) {
        term(item.getFirstChild());
        visitChildren(item);
      }
    };
  }

  /// Reads what stands before the colon.
  private void term(Node paragraph) {
    Set<String> names = new TreeSet<>();
    for (Node node = paragraph.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Code code) {
        names.add(code.getLiteral());
      } else if (node instanceof Text text) {
        String before = text.getLiteral().split(": ", 2)[0];
        boolean isEnd = text.getLiteral().contains(": ");
        if (before.contains("(") || isEnd) {
          names.forEach(name -> units.merge(name, before, (first, _) -> first));
          names.clear();
        }
        if (isEnd) {
          return;
        }
      }
    }
  }
}
