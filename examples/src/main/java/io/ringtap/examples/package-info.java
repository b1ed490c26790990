/// Small programs that use the library. The build runs each of them, and the README and the Javadoc
/// of the library show their text.
package io.ringtap.examples;
