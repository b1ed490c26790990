/// `ringtap lab`: experiments that compare, in namespaces of their own, and their reports. What is
/// measured and how is the lab's affair.
@NullMarked
package io.ringtap.cli.lab;

import org.jspecify.annotations.NullMarked;
