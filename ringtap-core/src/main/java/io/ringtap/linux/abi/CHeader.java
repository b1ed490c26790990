package io.ringtap.linux.abi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Names the C headers from which a class of this package or its subpackages is transcribed, so
/// that a test can compare the class with what the C compiler reports.
///
/// The test compares
/// - every public `static final int` or `long` that is a constant expression, which must be a macro
///   or enumerator of the same name. A value computed when the class is initialized, such as a
///   `BYTES` taken from the layout, is not compared;
/// - the size of `LAYOUT` with that of [#type], and the offset and size of each named member with
///   those of the member of that name. A name may be a path (`hdr.bh1.num_pkts`); a group without a
///   name is an anonymous struct or union, whose members are compared.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface CHeader {
  /// Headers to include, in order, such as `linux/if_packet.h`.
  String[] value();

  /// The C type that `LAYOUT` describes, such as `struct iovec`; empty where there is no layout.
  String type() default "";

  /// Whether the C type grows with new kernels, so that `LAYOUT` describes only its beginning.
  boolean isBeginning() default false;
}
