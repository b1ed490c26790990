/// Shared by the tests of all modules. Depends on JUnit, AssertJ, ArchUnit and the JDK, and on no
/// module of Ringtap.
@NullMarked
package io.ringtap.testing;

import org.jspecify.annotations.NullMarked;
