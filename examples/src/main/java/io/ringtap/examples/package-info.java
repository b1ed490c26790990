/// Small programs on the library. Each is run by the build, and those in the README are its text.
package io.ringtap.examples;
