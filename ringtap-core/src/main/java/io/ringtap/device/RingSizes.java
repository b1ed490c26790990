package io.ringtap.device;

/// For how many packets each ring between a device and its driver has room, and could have.
public record RingSizes(int rx, int tx, int maxRx, int maxTx) {}
