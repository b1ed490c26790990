/// Tests that need what a unit test must not: root, network namespaces, a C compiler, other
/// people's tools, the command as a process of its own.
///
/// Here are the tests of what all commands have in common, and what tests of several commands use;
/// each command's own tests have a package below, which uses this one.
package io.ringtap.system;
