package io.ringtap.cli.fping;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingRequest;
import java.util.ArrayList;
import java.util.List;

/// Targets that were named one by one.
final class HostList implements Hosts {
  /// One of them.
  ///
  /// @param scopeId the interface index of a link-local address, or 0
  /// @param given as it was given
  /// @param label how it stands in lines
  record Host(IpAddress address, int scopeId, String given, String label) {}

  private final List<Host> hosts = new ArrayList<>();
  private int width;

  void add(Host host) {
    hosts.add(host);
    width = Math.max(width, host.label.length());
  }

  @Override
  public int size() {
    return hosts.size();
  }

  @Override
  public IpAddress address(int host) {
    return hosts.get(host).address;
  }

  @Override
  public StringBuilder appendLabel(StringBuilder text, int host) {
    return text.append(hosts.get(host).label);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public String given(int host) {
    return hosts.get(host).given;
  }

  @Override
  public PingRequest request(int host, PingOptions options) {
    Host target = hosts.get(host);
    return new PingRequest(target.address, target.scopeId, options, host);
  }

  @Override
  public int indexOf(PingRequest request) {
    return request.attachment() instanceof Integer host ? host : 0;
  }
}
