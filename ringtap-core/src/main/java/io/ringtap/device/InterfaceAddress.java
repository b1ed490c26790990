package io.ringtap.device;

import java.net.InetAddress;

/// An address of an interface.
///
/// @param index the interface
/// @param address its own address there
/// @param prefixLength bits that all addresses of its network share
public record InterfaceAddress(int index, InetAddress address, int prefixLength) {
  /// As `10.0.0.1/24`.
  @Override
  public String toString() {
    return address.getHostAddress() + "/" + prefixLength;
  }
}
