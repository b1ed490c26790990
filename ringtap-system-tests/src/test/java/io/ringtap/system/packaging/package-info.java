/// The command as a package, installed and removed.
package io.ringtap.system.packaging;
