package io.ringtap.system.filter;

import io.ringtap.filter.FilterCompiler;
import io.ringtap.filter.FilterException;
import io.ringtap.filter.FilterOptions;
import io.ringtap.packet.LinkType;
import io.ringtap.system.filter.Compilation.Compiled;
import io.ringtap.system.filter.Compilation.Refused;

/// The compiler that is to be judged. It is told the netmask that tcpdump takes for savefiles.
final class RingtapCompiler implements FilterMaker {
  @Override
  public Compilation compile(String expression, LinkType linkType, boolean optimize) {
    FilterOptions options =
        FilterOptions.of(linkType).withSnaplen(SNAPLEN).withNetmask(0).withOptimize(optimize);
    try {
      return Compiled.of(FilterCompiler.compile(expression, options));
    } catch (FilterException e) {
      return new Refused(String.valueOf(e.getMessage()));
    }
  }
}
