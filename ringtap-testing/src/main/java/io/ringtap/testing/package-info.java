/// What the tests of all modules share. It knows JUnit and the JDK, and nothing of Ringtap.
@NullMarked
package io.ringtap.testing;

import org.jspecify.annotations.NullMarked;
