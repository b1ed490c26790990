/// Small programs that use the library. The build runs each of them, and the README shows their
/// text.
package io.ringtap.examples;
