/// `ringtap pps`: packets and bits a second of interfaces, queues and CPUs.
@NullMarked
package io.ringtap.cli.pps;

import org.jspecify.annotations.NullMarked;
