package io.ringtap.filter.lowering;

import static io.ringtap.filter.condition.Conditions.and;
import static io.ringtap.filter.condition.Conditions.choose;
import static io.ringtap.filter.condition.Conditions.not;
import static io.ringtap.filter.condition.Conditions.or;

import io.ringtap.bpf.LookupTable;
import io.ringtap.filter.condition.Condition;
import io.ringtap.filter.condition.Conditions;
import io.ringtap.filter.condition.Value;
import io.ringtap.filter.name.NameResolver;
import io.ringtap.filter.syntax.Expression;
import io.ringtap.filter.syntax.ExpressionException;
import io.ringtap.filter.syntax.Operand;
import io.ringtap.filter.syntax.ProtocolWord;
import io.ringtap.filter.syntax.Qualifiers.Kind;
import io.ringtap.packet.LinkType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says what the words of a filter mean for the bytes of a packet.
///
/// The judge is libpcap: fields are tested in the order of its programs, so that packets which were
/// cut short are dropped by the same load.
public final class Lowering {
  private static final int TAGS_LOOKED_THROUGH = 2;
  private static final int WLAN_DIRECTION = 3; // the bits "to DS" and "from DS"

  private final PacketForm form;
  private final NameResolver names;
  private final Headers headers;
  private final PacketMetadata metadata;
  private final Variables variables;
  private final LookupTable.Builder sets;

  private Lowering(
      PacketForm form,
      NameResolver names,
      Headers headers,
      Variables variables,
      LookupTable.Builder sets) {
    this.sets = sets;
    this.form = form;
    this.names = names;
    this.headers = headers;
    this.metadata = new PacketMetadata(form);
    this.variables = variables;
  }

  /// The condition that `tree` is for packets of `form`.
  ///
  /// @param tree null for a filter without a word, which every packet passes
  /// @param sets takes what the condition looks up
  /// @throws ExpressionException if the filter says what packets of this link type do not have
  public static Condition lower(
      @Nullable Expression tree, PacketForm form, NameResolver names, LookupTable.Builder sets) {
    if (tree == null) {
      return Conditions.ALWAYS;
    }
    Variables variables = new Variables();
    Outermost outermost = Outermost.of(form.linkType(), variables);
    Lowering lowering = new Lowering(form, names, outermost.headers(), variables, sets);
    boolean looksThrough = form.anyVlan() && outermost.headers().link.hasTags();
    Condition inFrame =
        and(
            outermost.places(),
            looksThrough ? lowering.afterTags(tree, 0) : lowering.condition(tree));
    return form.isOnSocket() ? SocketView.of(inFrame, form.linkType(), variables.count()) : inFrame;
  }

  /// The condition for a packet of `tags` VLAN tags or more.
  private Condition afterTags(Expression tree, int tags) {
    Headers inner = headers.copy();
    for (int tag = 0; tag < tags; tag++) {
      inner.pushTag();
    }
    inner.tagsLookedThrough = tags;
    Condition isTag = Encapsulations.isTag(inner);
    Condition here = new Lowering(form, names, inner, variables, sets).condition(tree);
    return tags == TAGS_LOOKED_THROUGH ? here : choose(isTag, afterTags(tree, tags + 1), here);
  }

  /// A condition on whole packets of a link type, for those whose link header says that a VLAN tag
  /// follows.
  public static Condition whereTagged(Condition whole, LinkType linkType) {
    Outermost outermost = Outermost.of(linkType, new Variables());
    return outermost.headers().link.hasTags()
        ? and(Encapsulations.isTag(outermost.headers()), whole)
        : Conditions.NEVER;
  }

  /// Follows a chain of `and` and `or` to its left end in a loop, for it may be of any length, and
  /// takes its parts in the order of the text.
  private Condition condition(Expression expression) {
    Deque<Expression> chain = new ArrayDeque<>();
    Expression leftmost = expression;
    while (true) {
      if (leftmost instanceof Expression.And(Expression left, _, _)) {
        chain.push(leftmost);
        leftmost = left;
      } else if (leftmost instanceof Expression.Or(Expression left, _, _)) {
        chain.push(leftmost);
        leftmost = left;
      } else {
        break;
      }
    }
    List<Expression> links = List.copyOf(chain);
    AddressRow row = row(leftmost, links, 0);
    Condition condition = row == null ? primitive(leftmost) : inSet(row);
    int next = row == null ? 0 : row.prefixes().size() - 1;
    while (next < links.size()) {
      Expression link = links.get(next);
      next++;
      switch (link) {
        case Expression.And(_, Expression right, _) -> condition = and(condition, condition(right));
        case Expression.Or(_, Expression right, _) -> {
          row = row(right, links, next);
          condition = or(condition, row == null ? condition(right) : inSet(row));
          next += row == null ? 0 : row.prefixes().size() - 1;
        }
        default -> throw new IllegalStateException("a chain is of 'and' and 'or'");
      }
    }
    return condition;
  }

  private @Nullable AddressRow row(Expression first, List<Expression> links, int next) {
    return form.looksRowsUp() ? AddressRow.at(first, links, next) : null;
  }

  private Condition inSet(AddressRow row) {
    return new AddressSets(headers, sets).condition(row.match(), row.prefixes());
  }

  private Condition primitive(Expression expression) {
    return switch (expression) {
      case Expression.And _, Expression.Or _ -> condition(expression);
      case Expression.Not(Expression operand, _) -> not(condition(operand));
      case Expression.Comparison comparison ->
          new Comparisons(headers, metadata).condition(comparison);
      case Expression.Match match when match.operand() instanceof Operand.InFile file ->
          inFile(match, file.name());
      case Expression.Match match -> new Matches(headers, names, match).condition();
      case Expression.Protocol(ProtocolWord word, int position) ->
          new Protocols(headers).named(word, position);
      case Expression.Broadcast(ProtocolWord word, int position) -> broadcast(word, position);
      case Expression.Multicast(ProtocolWord word, int position) -> multicast(word, position);
      case Expression.Less(long length, int position) ->
          not(Conditions.greater(new Value.Length(), unsigned(length, position)));
      case Expression.Greater(long length, int position) ->
          Conditions.atLeast(new Value.Length(), unsigned(length, position));
      case Expression.Inbound(int position) -> not(metadata.isOutgoing(position));
      case Expression.Outbound(int position) -> metadata.isOutgoing(position);
      case Expression.InterfaceIndex(long index, int position) ->
          metadata.isOfInterface(unsigned(index, position), position);
      case Expression.Vlan(var identifier, int position) ->
          new Encapsulations(headers).vlan(identifier, position);
      case Expression.Mpls(var label, int position) ->
          new Encapsulations(headers).mpls(label, position);
      case Expression.PppoeDiscovery(int position) ->
          new Encapsulations(headers).pppoeDiscovery(position);
      case Expression.PppoeSession(var identifier, int position) ->
          new Encapsulations(headers).pppoeSession(identifier, position);
      case Expression.Geneve(var vni, int position) ->
          new Tunnels(headers, variables).geneve(vni, position);
      case Expression.Vxlan(var vni, int position) ->
          new Tunnels(headers, variables).vxlan(vni, position);
      case Expression.Llc(var type, int position) -> LlcHeader.condition(type, headers, position);
      case Expression.WlanType(int bits, int mask, int position) ->
          Conditions.masked(wlan("type", position).load(1, 0), mask, bits);
      case Expression.WlanDirection(int bits, int position) ->
          Conditions.masked(wlan("dir", position).load(1, 1), WLAN_DIRECTION, bits);
    };
  }

  private Condition inFile(Expression.Match match, String file) {
    boolean isNet = match.qualifiers().kind() == Kind.NET;
    AddressFile addresses = AddressFile.read(file, names, isNet, match.operandPosition());
    return new AddressSets(headers, sets).condition(match, addresses.prefixes());
  }

  /// Where a frame of 802.11 begins, for what only these have.
  private Place wlan(String word, int position) {
    if (!(headers.link instanceof LinkHeader.Wlan)) {
      throw new ExpressionException(
          position, "'%s' is of 802.11, not of %s".formatted(word, headers.link.word()));
    }
    return headers.linkHeader;
  }

  private Condition broadcast(@Nullable ProtocolWord word, int position) {
    Hosts hosts = new Hosts(headers);
    return switch (word) {
      case null -> hosts.ethernetBroadcast(position);
      case ETHER -> hosts.ethernetBroadcast(position);
      case IP -> {
        if (form.netmask().isEmpty()) {
          throw new ExpressionException(
              position, "'ip broadcast' needs the netmask of the network, which is not known");
        }
        int netmask = form.netmask().getAsInt();
        if (netmask == -1 || netmask == -2) {
          throw new ExpressionException(
              position, "a network of /31 or /32 has no broadcast address for 'ip broadcast'");
        }
        yield hosts.ipv4Broadcast(netmask, position);
      }
      default -> throw Hosts.misplaced(word, "broadcast", position);
    };
  }

  private Condition multicast(@Nullable ProtocolWord word, int position) {
    Hosts hosts = new Hosts(headers);
    return switch (word) {
      case null -> hosts.ethernetGroup(position);
      case ETHER -> hosts.ethernetGroup(position);
      case IP -> hosts.ipv4Group(position);
      case IP6 -> hosts.ipv6Group(position);
      default -> throw Hosts.misplaced(word, "multicast", position);
    };
  }

  private static int unsigned(long number, int position) {
    if (number < 0 || number > 0xFFFF_FFFFL) {
      throw new ExpressionException(position, number + " is more than 32 bits hold");
    }
    return (int) number;
  }
}
