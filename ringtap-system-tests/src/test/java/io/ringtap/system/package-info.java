/// Tests that need what a unit test must not: root, network namespaces, a C compiler, other
/// people's tools, the command as a process of its own.
package io.ringtap.system;
