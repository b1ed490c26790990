package io.ringtap.bpf.filter;

import java.net.InetAddress;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The names that this machine knows.
public enum SystemNames implements NameResolver {
  INSTANCE;

  @Override
  public List<InetAddress> host(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public @Nullable InetAddress network(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public OptionalInt port(String name, String transport) {
    throw new UnsupportedOperationException();
  }

  @Override
  public OptionalInt protocol(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public OptionalLong ethernet(String name) {
    throw new UnsupportedOperationException();
  }
}
