package io.ringtap.cli.fping;

import io.ringtap.cli.run.Face;

/// What `-h` and `-v` print, and the name by which the program goes.
final class Usage {
  private static final String NAME = "fping";

  /// The fping whose options these are. Readers take the number for what they may ask for.
  private static final String VERSION = "5.5";

  private static final String OPTIONS =
      """
      [options] [targets...]

      How to probe:
         -4, --ipv4           only IPv4
         -6, --ipv6           only IPv6
         -b, --size=BYTES     bytes of data in a probe (default: 56)
         -B, --backoff=N      wait N times as long for each retry (1.0 to 5.0, default: 1.5)
         -c, --count=N        send N probes to each target, whatever it answers
         -f, --file=FILE      take targets from a file (- is standard input)
         -g, --generate       targets are all addresses of a network, or from one to another:
                              -g 192.0.2.0/24, or -g 192.0.2.1 192.0.2.99
         -H, --ttl=N          TTL or hop limit of the probes
         -i, --interval=MSEC  from one probe to the next, whatever the target (default: 10 ms)
         -I, --iface=IFACE    send through an interface
             --oiface=IFACE   the same
         -k, --fwmark=MARK    firewall mark of the probes
         -l, --loop           probe until interrupted
         -m, --all            probe every address of a name; best with -A
         -M, --dontfrag       do not let probes be fragmented
         -O, --tos=N          TOS or traffic class of the probes, decimal or 0x
         -p, --period=MSEC    from one probe of a target to its next (default: 1000 ms)
         -r, --retry=N        how often to try again where nothing is counted (default: 3)
         -R, --random         random data in the probes
         -S, --src=IP         send from this address
         -t, --timeout=MSEC   how long a reply may take (default: 500 ms; with -c, -C and -l the
                              period, but at most 2000 ms)
             --check-source   no reply counts that comes from another address
             --icmp-timestamp send ICMP timestamp requests
             --seqmap-timeout=MSEC
                              ignored: sequence numbers are not short here

      What to print:
         -a, --alive          only targets that answer
         -A, --addr           targets by their addresses
         -C, --vcount=N       as -c, with the time of every probe at the end
         -d, --rdns           targets by the names of their addresses
         -D, --timestamp      the time before each line
             --timestamp-format=FORMAT
                              that time as ctime, iso or rfc3339
         -e, --elapsed        how long the reply of a target took
         -J, --json           JSON, with -c, -C or -l
         -n, --name           targets that are given as addresses by their names
         -N, --netdata        what netdata reads, with -l and -Q
         -o, --outage         lost probes as time
         -q, --quiet          only what comes at the end
         -Q, --squiet=SECS[,cumulative]
                              as -q, with the state of all targets every SECS seconds: since the
                              last time or, if cumulative, since the beginning
         -s, --stats          totals at the end
         -u, --unreach        only targets that do not answer
         -v, --version        the version
         -x, --reachable=N    whether at least N targets answer
         -X, --fast-reachable=N
                              the same, ending as soon as N have answered
             --print-tos      TOS or traffic class of replies
             --print-ttl      TTL or hop limit of replies
      """;

  private Usage() {}

  /// The name that stands before messages.
  static String name() {
    return Face.calledAs(NAME);
  }

  /// Whether the program is called as the one that only knows IPv6.
  static boolean isIpv6() {
    return name().endsWith("6");
  }

  static String text() {
    return "Usage: " + name() + ' ' + OPTIONS;
  }

  static String version() {
    return name() + ": Version " + VERSION + '\n';
  }
}
