package io.ringtap.ping.engine;

import io.ringtap.ping.engine.probe.ReceiverInbox;
import io.ringtap.ping.engine.probe.SenderInbox;

/// By which the threads of an engine hear of each other.
///
/// @param sender what others ask of the sending thread
/// @param receiver what the sending thread reports to the receiver
record Inboxes(SenderInbox sender, ReceiverInbox receiver) {}
