package io.ringtap.cli.source;

import io.ringtap.cli.argument.FixedWords;
import io.ringtap.cli.argument.Numbers;
import io.ringtap.packet.LinkType;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads link types: by the name that `tcpdump -L` prints, in any case, or by number.
public final class LinkTypeConverter implements ITypeConverter<LinkType>, FixedWords {
  private static final int MAX = 0xFFFF;
  private static final List<LinkType> NAMED =
      List.of(
          LinkType.ETHERNET,
          LinkType.RAW,
          LinkType.LINUX_SLL,
          LinkType.LINUX_SLL2,
          LinkType.NULL,
          LinkType.LOOP,
          LinkType.IPV4,
          LinkType.IPV6,
          LinkType.PPP,
          LinkType.PPP_SERIAL,
          LinkType.PPP_ETHER,
          LinkType.C_HDLC,
          LinkType.IEEE802_11,
          LinkType.IEEE802_11_RADIO,
          LinkType.IEEE802_11_RADIO_AVS,
          LinkType.PRISM_HEADER,
          LinkType.PPI,
          LinkType.NFLOG);

  @Override
  public LinkType convert(String text) {
    for (LinkType one : NAMED) {
      if (one.word().equalsIgnoreCase(text)) {
        return one;
      }
    }
    try {
      return new LinkType((int) Numbers.whole(text, 0, MAX));
    } catch (TypeConversionException _) {
      // the message below names the link types, too
    }
    throw new TypeConversionException(
        "'" + text + "' is not " + String.join(", ", words()) + ", or a number");
  }

  /// The names; numbers go without saying.
  @Override
  public List<String> words() {
    return NAMED.stream().map(LinkType::word).toList();
  }
}
