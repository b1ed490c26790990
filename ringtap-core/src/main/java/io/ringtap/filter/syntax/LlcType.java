package io.ringtap.filter.syntax;

/// The kinds of an LLC PDU (IEEE 802.2) that `llc` takes.
public enum LlcType {
  I,
  S,
  U,
  RR,
  RNR,
  REJ,
  UI,
  UA,
  DISC,
  DM,
  SABME,
  TEST,
  XID,
  FRMR
}
