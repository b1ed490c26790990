package io.ringtap.linux;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Names the C headers that a class of this package transcribes, so that a test can ask the
/// compiler whether the transcript is true: every public `int` or `long` constant of the class must
/// be a macro or enumerator of the same name, and its `LAYOUT` must have the size and offsets of
/// [#type].
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface CHeader {
  /// Headers to include, in order, such as `linux/if_packet.h`.
  String[] value();

  /// The C type that `LAYOUT` describes, such as `struct iovec`; empty where there is no layout.
  String type() default "";
}
