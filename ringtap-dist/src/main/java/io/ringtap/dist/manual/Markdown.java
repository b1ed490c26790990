package io.ringtap.dist.manual;

import java.util.List;
import java.util.Locale;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;

/// Writes blocks of Markdown into a page. Code is bold, as what is typed is in man pages; an item
/// of a list that begins with code and a colon is that term with its meaning.
final class Markdown extends AbstractVisitor {
  private static final String COLON = ": ";

  private final Roff page;

  Markdown(Roff page) {
    this.page = page;
  }

  @Override
  public void visit(Heading heading) {
    page.subsection(textOf(heading));
  }

  @Override
  public void visit(Paragraph paragraph) {
    page.paragraph(inline(paragraph));
  }

  @Override
  public void visit(IndentedCodeBlock code) {
    page.verbatim(lines(code.getLiteral()));
  }

  @Override
  public void visit(FencedCodeBlock code) {
    page.verbatim(lines(code.getLiteral()));
  }

  private static List<String> lines(String literal) {
    return literal.stripTrailing().lines().toList();
  }

  @Override
  public void visit(BulletList list) {
    for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
      Node block = item.getFirstChild();
      if (block != null) {
        Node first = block.getFirstChild();
        item(inline(block), first instanceof Code || first instanceof Emphasis);
      }
    }
  }

  private void item(String text, boolean beginsWithTerm) {
    int end = text.indexOf(COLON);
    if (beginsWithTerm && end > 0) {
      String meaning = text.substring(end + COLON.length());
      page.item(
          text.substring(0, end),
          meaning.substring(0, 1).toUpperCase(Locale.ROOT) + meaning.substring(1));
    } else {
      page.bullet(text);
    }
  }

  /// Text in the page's language.
  static String inline(Node parent) {
    StringBuilder text = new StringBuilder();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
      switch (node) {
        case Text plain -> text.append(Roff.plain(plain.getLiteral()));
        case Code code -> text.append(Roff.bold(code.getLiteral()));
        case Emphasis emphasis -> text.append(Roff.italic(textOf(emphasis)));
        case StrongEmphasis strong -> text.append(Roff.bold(textOf(strong)));
        case SoftLineBreak _ -> text.append(' ');
        default -> throw new IllegalArgumentException("no page has a " + node);
      }
    }
    return text.toString();
  }

  /// The text of a heading or a span.
  static String textOf(Node parent) {
    StringBuilder text = new StringBuilder();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
      switch (node) {
        case Text plain -> text.append(plain.getLiteral());
        case Code code -> text.append(code.getLiteral());
        default -> throw new IllegalArgumentException("no heading has a " + node);
      }
    }
    return text.toString();
  }
}
