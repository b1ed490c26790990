package io.ringtap.cli.ping;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.ping.PingRequest;
import io.ringtap.target.Family;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// With addresses for names, which no name service is asked about.
class ResolverTest {
  private final BlockingQueue<String> events = new ArrayBlockingQueue<>(1000);
  private final Resolver.Listener listener =
      new Resolver.Listener() {
        @Override
        public void onResolved(String name, List<PingRequest> requests) {
          events.add(name + " is " + requests.getFirst().target());
        }

        @Override
        public void onFailed(String name, String problem) {
          events.add(problem);
        }
      };

  @Test
  void resolvesMoreNamesThanItLooksUpAtATime() throws InterruptedException {
    Resolver resolver = new Resolver(Family.ANY, false, listener);

    for (int i = 0; i < 600; i++) {
      resolver.resolve("127.0.0.1");
    }

    for (int i = 0; i < 600; i++) {
      assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("127.0.0.1 is 127.0.0.1");
    }
  }

  @Test
  void tellsThatANameHasNoAddressOfTheFamilyWanted() throws InterruptedException {
    new Resolver(Family.IPV6, true, listener).resolve("127.0.0.1");

    assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("127.0.0.1: has no IPv6 address");
  }
}
