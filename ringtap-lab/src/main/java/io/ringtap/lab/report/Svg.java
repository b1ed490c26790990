package io.ringtap.lab.report;

import java.util.Locale;

/// A picture as it is drawn: elements in user units, which are CSS pixels at full size.
final class Svg {
  /// Of the page's font at 12 pixels, on the wide side, because the browser's font is not known.
  private static final double LETTER_WIDTH = 6.7;

  private final StringBuilder out = new StringBuilder();

  /// Where a text's given place lies in it.
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  Svg(int width, int height, String title) {
    out.append("<svg viewBox=\"0 0 ")
        .append(width)
        .append(' ')
        .append(height)
        .append("\" width=\"")
        .append(width)
        .append("\" height=\"")
        .append(height)
        .append("\" role=\"img\" aria-label=\"")
        .append(Html.text(title))
        .append("\">\n");
  }

  /// How wide a text is at 12 pixels, roughly.
  static double width(String text) {
    return text.codePointCount(0, text.length()) * LETTER_WIDTH;
  }

  static double boldWidth(String text) {
    return width(text) * 1.15;
  }

  /// As much of the text as there is room for.
  static String fitted(String text, double width) {
    int letters = (int) Math.max(2, width / LETTER_WIDTH);
    return text.codePointCount(0, text.length()) <= letters
        ? text
        : text.substring(0, text.offsetByCodePoints(0, letters - 1)) + "…";
  }

  void line(String style, double x1, double y1, double x2, double y2) {
    open("line", style);
    number("x1", x1);
    number("y1", y1);
    number("x2", x2);
    number("y2", y2);
    out.append("/>\n");
  }

  void bar(String style, double x, double y, double width, double height, String tip) {
    open("rect", style);
    number("x", x);
    number("y", y);
    number("width", width);
    number("height", height);
    out.append("><title>").append(Html.text(tip)).append("</title></rect>\n");
  }

  void swatch(String style, double x, double y, double width, double height) {
    open("rect", style);
    number("x", x);
    number("y", y);
    number("width", width);
    number("height", height);
    out.append("/>\n");
  }

  void text(String style, double x, double y, Anchor anchor, String text) {
    open("text", style);
    number("x", x);
    number("y", y);
    attribute("text-anchor", anchor.name().toLowerCase(Locale.ROOT));
    out.append('>').append(Html.text(text)).append("</text>\n");
  }

  /// Text that is read from below.
  void uprightText(String style, double x, double y, String text) {
    open("text", style);
    attribute("transform", "translate(" + number(x) + " " + number(y) + ") rotate(-90)");
    attribute("text-anchor", "middle");
    out.append('>').append(Html.text(text)).append("</text>\n");
  }

  /// @param data as SVG has it, such as `M0 0L10 10`
  void path(String style, String data, String tip) {
    open("path", style);
    attribute("d", data);
    out.append("><title>").append(Html.text(tip)).append("</title></path>\n");
  }

  /// The whole element; nothing can be drawn after it.
  String end() {
    return out.append("</svg>\n").toString();
  }

  /// To a tenth of a pixel.
  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private void open(String element, String style) {
    out.append('<').append(element);
    attribute("class", style);
  }

  private void number(String name, double value) {
    attribute(name, number(value));
  }

  private void attribute(String name, String value) {
    out.append(' ').append(name).append("=\"").append(value).append('"');
  }
}
