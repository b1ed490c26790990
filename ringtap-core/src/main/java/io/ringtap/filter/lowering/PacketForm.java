package io.ringtap.filter.lowering;

import io.ringtap.packet.LinkType;
import java.util.OptionalInt;

/// The packets that a condition is made for.
///
/// @param linkType of the whole packet
/// @param isOnSocket whether they are as a packet socket shows them: the kernel has taken the outer
///   VLAN tag out and says it beside; if not, the frame is whole
/// @param hasMetadata whether their direction and interface can be asked for beside the frame
/// @param anyVlan whether VLAN tags are looked through
/// @param looksRowsUp whether long rows of addresses become sets
/// @param netmask of the IPv4 network that packets are captured on, in host order; empty if unknown
public record PacketForm(
    LinkType linkType,
    boolean isOnSocket,
    boolean hasMetadata,
    boolean anyVlan,
    boolean looksRowsUp,
    OptionalInt netmask) {}
