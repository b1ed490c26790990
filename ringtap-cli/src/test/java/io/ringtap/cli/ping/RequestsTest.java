package io.ringtap.cli.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.cli.ping.view.Target;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingRequest;
import io.ringtap.target.Family;
import io.ringtap.target.TargetParser;
import io.ringtap.target.TargetParser.BadTarget;
import io.ringtap.target.TargetSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestsTest {
  private final List<PingRequest> heard = new ArrayList<>();

  private Requests requests(String... targets) throws BadTarget {
    List<TargetSpec.Range> ranges = new ArrayList<>();
    for (String target : targets) {
      ranges.add((TargetSpec.Range) new TargetParser(Family.ANY, 0).parse(target));
    }
    return new Requests(
        ranges, new StartDelays(PingOptions.DEFAULT.withCount(1), 1, false), heard::add);
  }

  @Test
  void yieldsEveryAddressOfEachRangeInOrder() throws BadTarget {
    Requests requests = requests("10.0.0.254/30", "::ffff-::1:1", "127.0.0.1");

    List<String> names = new ArrayList<>();
    requests.forEachRemaining(request -> names.add(Target.nameOf(request)));

    assertThat(names)
        .containsExactly(
            "10.0.0.252",
            "10.0.0.253",
            "10.0.0.254",
            "10.0.0.255",
            "::ffff",
            "::1:0",
            "::1:1",
            "127.0.0.1");
    assertThat(heard).hasSize(8);
    assertThatThrownBy(requests::next).isInstanceOf(NoSuchElementException.class);
  }

  @ParameterizedTest
  @CsvSource({"172.16.0.0/12", "2001:db8::/108"})
  void expandsLargePrefixesOneByOne(String prefix) throws BadTarget {
    Requests requests = requests(prefix);
    heard.clear();

    int count = 0;
    while (requests.hasNext()) {
      requests.next();
      heard.clear();
      count++;
    }

    assertThat(count).isEqualTo(1 << 20);
  }

  @Test
  void carriesIntoTheUpperHalfAndEndsAtTheLastAddress() throws BadTarget {
    Requests carrying = requests("2001:db8::ffff:ffff:ffff:ffff-2001:db8:0:1::");
    Requests last = requests("255.255.255.254/31");
    Requests ipv6Last = requests("ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/127");

    assertThat(carrying.next().target()).hasToString("2001:db8::ffff:ffff:ffff:ffff");
    assertThat(carrying.next().target()).hasToString("2001:db8:0:1::");
    assertThat(carrying.hasNext()).isFalse();
    last.next();
    assertThat(last.next().target()).hasToString("255.255.255.255");
    assertThat(last.hasNext()).isFalse();
    ipv6Last.next();
    ipv6Last.next();
    assertThat(ipv6Last.hasNext()).isFalse();
  }
}
