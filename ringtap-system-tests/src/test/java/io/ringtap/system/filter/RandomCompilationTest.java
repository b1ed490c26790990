package io.ringtap.system.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.filter.FilterCompiler;
import io.ringtap.filter.FilterException;
import io.ringtap.filter.FilterOptions;
import io.ringtap.filter.PacketView;
import io.ringtap.packet.LinkType;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// An expression is compiled or refused with a reason, whatever it is compiled for.
class RandomCompilationTest {
  private static final int EXPRESSIONS = 4_000;
  private static final boolean[] EITHER = {false, true};
  private static final List<LinkType> LINK_TYPES =
      List.of(
          LinkType.ETHERNET,
          LinkType.RAW,
          LinkType.IPV4,
          LinkType.IPV6,
          LinkType.LINUX_SLL,
          LinkType.LINUX_SLL2,
          LinkType.NULL,
          LinkType.LOOP,
          LinkType.PPP,
          LinkType.C_HDLC,
          LinkType.IEEE802_11,
          LinkType.IEEE802_11_RADIO,
          LinkType.NFLOG);

  @Test
  @Randomized(share = 3)
  void compilesOrSaysWhyNotForEveryViewAndMode() {
    AtomicInteger compiled = new AtomicInteger();

    Property.forAll(
        EXPRESSIONS,
        random -> {
          LinkType linkType = LINK_TYPES.get(random.nextInt(LINK_TYPES.size()));
          String expression = new ExpressionGenerator(random, linkType).next();
          for (PacketView view : PacketView.values()) {
            for (boolean anyVlan : EITHER) {
              for (boolean optimize : EITHER) {
                compiled.addAndGet(
                    compiles(
                        expression,
                        FilterOptions.of(linkType)
                            .withNetmask(0)
                            .withView(view)
                            .withAnyVlan(anyVlan)
                            .withOptimize(optimize)));
              }
            }
          }
        });

    assertThat(compiled).hasPositiveValue();
  }

  /// @return 1 if there is a program
  /// @throws AssertionError if it is not compiled for another reason than a [FilterException]
  private static int compiles(String expression, FilterOptions options) {
    try {
      FilterCompiler.compile(expression, options);
      return 1;
    } catch (FilterException _) {
      return 0;
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(expression + " for " + options, e);
    }
  }
}
