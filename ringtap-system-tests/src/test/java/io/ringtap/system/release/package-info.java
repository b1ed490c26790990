/// The libraries as they would be published: the files that the build has staged, used by a project
/// of its own.
package io.ringtap.system.release;
