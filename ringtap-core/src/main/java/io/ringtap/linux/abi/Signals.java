package io.ringtap.linux.abi;

/// Signal numbers (`signal(7)`).
@CHeader("signal.h")
public final class Signals {
  public static final int SIGHUP = 1;
  public static final int SIGINT = 2;
  public static final int SIGQUIT = 3;
  public static final int SIGTERM = 15;
  public static final int SIGTSTP = 20;
  public static final int SIGTTIN = 21;
  public static final int SIGTTOU = 22;

  private Signals() {}
}
