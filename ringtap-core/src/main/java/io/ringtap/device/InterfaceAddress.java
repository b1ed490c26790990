package io.ringtap.device;

import java.net.InetAddress;

/// An address of an interface.
///
/// @param index the index of the interface
/// @param address the interface's own address
/// @param prefixLength length of the network prefix in bits
public record InterfaceAddress(int index, InetAddress address, int prefixLength) {
  /// The address with its prefix length, such as `10.0.0.1/24`.
  @Override
  public String toString() {
    return address.getHostAddress() + "/" + prefixLength;
  }
}
