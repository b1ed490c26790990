package io.ringtap.filter;

import io.ringtap.bpf.AncillaryField;
import io.ringtap.bpf.BpfAssembler;
import io.ringtap.bpf.BpfInterpreter;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.filter.syntax.Expression;
import io.ringtap.packet.Direction;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decides which frames match an expression of tcpdump's language, whatever their link types, live
/// and from files alike.
///
/// ```java
/// PacketFilter web = PacketFilter.of("tcp port 80");
/// while (reader.next()) {
///   matching += web.matches(reader) ? 1 : 0;
/// }
/// ```
///
/// The expression is compiled for a link type when the first frame of it comes, or before, when
/// [#problem] is asked: then its names are looked up, which may take long. After that a frame costs
/// no allocation, no lock and no exception.
///
/// What a frame does not have, it does not match:
/// - The expression may mean nothing for its link type, such as `ether host …` for raw IP.
///   [#problem] says why.
/// - No frame of its link type may match it, as with `arp` for raw IP: see [#matchesNothing].
/// - It may ask for the direction or the interface, and the frame does not know it. Such a frame
///   matches neither `inbound` nor `outbound`.
/// - As with tcpdump, the frame may end before a byte that is asked for.
///
/// A filter belongs to one thread at a time; of several threads, each makes its own.
public final class PacketFilter {
  private static final BpfProgram NOTHING = new BpfAssembler().ret(0).assemble();

  private final @Nullable Expression tree;
  private final @Nullable BpfProgram program; // in place of a tree
  private final FilterOptions options;
  private final Map<LinkType, Compiled> compiled = new HashMap<>();
  private @Nullable Compiled latest;
  private int executed;

  private PacketFilter(
      @Nullable Expression tree, @Nullable BpfProgram program, FilterOptions options) {
    this.tree = tree;
    this.program = program;
    this.options = options;
  }

  /// A filter for frames of any link type, with the machine's names.
  ///
  /// @throws FilterException if `expression` is no filter for any packets
  public static PacketFilter of(String expression) {
    return of(expression, FilterOptions.of(LinkType.ETHERNET).withView(PacketView.FRAME));
  }

  /// A filter that is ready for frames of one link type, and takes others too.
  ///
  /// @throws FilterException if `expression` is no filter for that link type
  public static PacketFilter of(String expression, LinkType linkType) {
    PacketFilter filter = of(expression, FilterOptions.of(linkType).withView(PacketView.FRAME));
    FilterException problem = filter.problem(linkType);
    if (problem != null) {
      throw problem;
    }
    return filter;
  }

  /// A filter for frames of any link type, by `options`, of which the link type is that of bare
  /// bytes ([#matches(byte[])]).
  ///
  /// @param options seen as a frame, or as a savefile that says no direction or interface
  /// @throws FilterException if `expression` is no filter for any packets
  /// @throws IllegalArgumentException if the view is that of a socket
  public static PacketFilter of(String expression, FilterOptions options) {
    if (options.view() == PacketView.SOCKET) {
      throw new IllegalArgumentException("a frame is whole, and not as a socket shows it");
    }
    return new PacketFilter(FilterCompiler.parse(expression), null, options);
  }

  /// A program that is ready, run on frames of whatever link type. What a frame does not know is 0
  /// for it.
  public static PacketFilter of(BpfProgram program) {
    return new PacketFilter(null, program, FilterOptions.of(LinkType.ETHERNET));
  }

  /// Why the expression is no filter for a link type; null if it is one.
  public @Nullable FilterException problem(LinkType linkType) {
    return compiledFor(linkType).problem;
  }

  /// Whether it is known that no frame of a link type matches.
  public boolean matchesNothing(LinkType linkType) {
    return compiledFor(linkType).matchesNothing;
  }

  /// Whether `frame` matches.
  public boolean matches(Frame frame) {
    Compiled filter = latest;
    LinkType linkType = asWritten(frame);
    if (filter == null || !filter.linkType.equals(linkType)) {
      filter = compiledFor(linkType);
      latest = filter;
    }
    if (filter.knowsTooLittle(frame)) {
      executed = 0;
      return false;
    }
    boolean matches = filter.interpreter.run(frame) != 0;
    executed = filter.interpreter.executed();
    return matches;
  }

  /// The link type of a frame. BSD's loopback headers have an address family in the byte order of
  /// whoever wrote them, whatever the link type says: a small number, of which one end is 0.
  private static LinkType asWritten(Frame frame) {
    LinkType linkType = frame.linkType();
    boolean isLoopback =
        linkType.number() == LinkType.LINKTYPE_NULL || linkType.number() == LinkType.LINKTYPE_LOOP;
    if (!isLoopback || frame.caplen() == 0) {
      return linkType;
    }
    boolean isLittleEndian = frame.memory().get(ValueLayout.JAVA_BYTE, frame.offset()) != 0;
    return isLittleEndian ? LinkType.NULL : LinkType.LOOP;
  }

  /// Whether the whole frame in `bytes` matches: of the link type that the filter was made for, or
  /// of Ethernet if for none.
  public boolean matches(byte[] bytes) {
    return matches(Frame.of(options.linkType(), bytes));
  }

  /// How many instructions of its program the latest frame took.
  public int executed() {
    return executed;
  }

  private Compiled compiledFor(LinkType linkType) {
    Compiled found = compiled.get(linkType);
    if (found == null) {
      found = compile(linkType);
      compiled.put(linkType, found);
    }
    return found;
  }

  private Compiled compile(LinkType linkType) {
    if (program != null) {
      return new Compiled(linkType, program, null, false);
    }
    try {
      BpfProgram fitting =
          FilterCompiler.compile(tree, options.withLinkType(linkType).withRowsLookedUp(true));
      return new Compiled(linkType, fitting, null, true);
    } catch (FilterException e) {
      return new Compiled(linkType, NOTHING, e, true);
    }
  }

  /// The filter for one link type.
  private static final class Compiled {
    final LinkType linkType;
    final BpfInterpreter interpreter;
    final @Nullable FilterException problem;
    final boolean matchesNothing;
    private final boolean asksDirection;
    private final boolean asksInterface;

    /// @param isExact whether what a frame does not know is no match
    Compiled(
        LinkType linkType, BpfProgram program, @Nullable FilterException problem, boolean isExact) {
      this.linkType = linkType;
      this.interpreter = new BpfInterpreter(program);
      this.problem = problem;
      this.matchesNothing = program.matchesNothing();
      this.asksDirection = isExact && program.loads(AncillaryField.PACKET_TYPE);
      this.asksInterface = isExact && program.loads(AncillaryField.INTERFACE_INDEX);
    }

    /// Whether the filter asks for what the frame does not know.
    boolean knowsTooLittle(Frame frame) {
      return (asksDirection && frame.direction() == Direction.UNKNOWN)
          || (asksInterface && frame.interfaceIndex() == 0);
    }
  }
}
