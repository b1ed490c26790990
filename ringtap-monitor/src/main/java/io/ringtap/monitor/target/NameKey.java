package io.ringtap.monitor.target;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.packet.IpAddress;
import org.jspecify.annotations.Nullable;

/// What is looked up: all targets that have the same one share a look-up.
///
/// @param host a name; or the text of a link-local address
/// @param family which addresses of a name are wanted
/// @param literal the link-local address whose interface is looked up; null if `host` is a name
/// @param device the interface of link-local addresses, by name or number; null if none is known
record NameKey(
    String host, AddressFamily family, @Nullable IpAddress literal, @Nullable String device) {}
