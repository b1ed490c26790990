package io.ringtap.cli.pps;

/// How ticks are told. One thread at a time tells them.
interface PpsView {
  void onTick(Tick tick);

  /// Something that is no data.
  void onNotice(String line);

  /// There will be no more.
  void onEnd();
}
