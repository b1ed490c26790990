package io.ringtap.linux.abi.ethtool;

import io.ringtap.linux.abi.CHeader;

/// Commands and string sets of `SIOCETHTOOL`.
@CHeader({"linux/ethtool.h", "linux/sockios.h"})
public final class Ethtool {
  public static final int SIOCETHTOOL = 0x8946;

  public static final int ETHTOOL_GDRVINFO = 0x03;
  public static final int ETHTOOL_GRINGPARAM = 0x10;
  public static final int ETHTOOL_GSTRINGS = 0x1b;
  public static final int ETHTOOL_GSTATS = 0x1d;
  public static final int ETHTOOL_GSSET_INFO = 0x37;
  public static final int ETHTOOL_GFEATURES = 0x3a;
  public static final int ETHTOOL_GCHANNELS = 0x3c;
  public static final int ETHTOOL_GET_TS_INFO = 0x41;
  public static final int ETHTOOL_GRSSH = 0x46;

  public static final int ETH_SS_STATS = 1;
  public static final int ETH_SS_FEATURES = 4;
  public static final int ETH_SS_RSS_HASH_FUNCS = 5;
  public static final int ETH_GSTRING_LEN = 32;

  private Ethtool() {}
}
