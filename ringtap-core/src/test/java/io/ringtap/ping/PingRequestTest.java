package io.ringtap.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringtap.packet.IpAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PingRequestTest {
  private static final PingOptions ONCE = PingOptions.DEFAULT.withCount(1);

  private static List<PingRequest> each(String targets) throws UnknownHostException {
    List<PingRequest> requests = new ArrayList<>();
    PingRequest.each(targets, ONCE).forEachRemaining(requests::add);
    return requests;
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/30, 10.0.0.0, 4",
    "10.0.0.254-10.0.1.1, 10.0.0.254, 4",
    "::1-::9, ::1, 9",
    "fd00::/126, fd00::, 4"
  })
  void asksEachAddressOfAPrefixOrRange(String targets, String first, int count) throws Exception {
    List<PingRequest> requests = each(targets);

    assertThat(requests).hasSize(count);
    assertThat(requests.getFirst().target()).isEqualTo(IpAddress.parse(first));
    assertThat(requests).allMatch(request -> request.options().equals(ONCE));
  }

  @Test
  void makesTheRequestsOfAHugeRangeWhenTheirTurnComes() throws Exception {
    Iterator<PingRequest> requests = PingRequest.each("::/0", ONCE);

    assertThat(requests.next().target()).isEqualTo(IpAddress.parse("::"));
    assertThat(requests.next().target()).isEqualTo(IpAddress.parse("::1"));
  }

  @Test
  void looksAnInternationalizedNameUpAsDnsHasIt() throws UnknownHostException {
    String wide = "\uFF4Cocalhost"; // a full-width l, which RFC 3491 maps to l

    PingRequest request = PingRequest.to(wide);

    assertThat(request.target()).isEqualTo(PingRequest.to("localhost").target());
    assertThat(request.attachment()).isEqualTo(wide);
  }

  @Test
  void looksANameUpAndKeepsIt() throws Exception {
    PingRequest request = PingRequest.to("localhost");

    assertThat(request.target().toString()).isIn("127.0.0.1", "::1");
    assertThat(request.attachment()).isEqualTo("localhost");
    assertThat(each("localhost")).containsExactly(request.with(ONCE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such-host.invalid", "a-b.invalid"})
  void saysThatANameHasNoAddress(String name) {
    assertThatExceptionOfType(UnknownHostException.class)
        .isThrownBy(() -> PingRequest.each(name, ONCE))
        .withMessageContaining(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "10.0.0.9-10.0.0.1", "::1-10.0.0.1", "a.invalid/24"})
  void refusesWhatIsNoRange(String targets) {
    assertThatIllegalArgumentException().isThrownBy(() -> PingRequest.each(targets, ONCE));
  }
}
