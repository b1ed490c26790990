# The runs on which the caches of classes are trained; sourced by ./ringtap and packaging/dist, which say what a training
# is: train_on KIND ARGUMENTS...
#
# For pings of few and of many, sweeps, traces, captures, the programs that the command can be called as, and all else.
# Pings of the loopback interface show the JVM what those need, from the start-up to the packet path, and a file of packets
# what a capture needs, as far as that can be had without privileges. $1 is the length of the prefixes of 127.1.0.0 of which all
# addresses are asked: short for what counts calls, long where only the classes count, which are then always the same.
train_on_each_kind() {
  train_on other filter tcp port 80 </dev/null
  train_on ping ping -c 3 -i 10ms 127.0.0.1 </dev/null
  train_on trace trace --report -c 3 -i 10ms 127.0.0.1 </dev/null
  train_on as-ping as-ping -c 3 -i 0.01 127.0.0.1 </dev/null
  train_on ping-many ping -q -c 1 -W 200ms --rate 0 127.0.0.1 127.1.0.0/$1 </dev/null &
  packets | train_on capture capture -r -
  wait
  train_on sweep sweep -f saddr,rtt_ns -c 500ms -r 20k 127.1.0.0/$(($1 + 1)) </dev/null
  train_on fping fping -q -c 1 -i 0 -t 200 -g 127.1.0.0/$1 </dev/null
}

# A pcap file: an empty UDP datagram, an ICMP echo request and a TCP SYN on the loopback interface, many times.
packets() {
  ethernet='\0\0\0\0\0\0\0\0\0\0\0\0\010\0'
  addresses='\177\0\0\1\177\0\0\1'
  printf '\324\303\262\241\2\0\4\0\0\0\0\0\0\0\0\0\0\0\4\0\1\0\0\0'
  count=0
  while [ $count -lt 2000 ]; do
    printf '\0\0\0\0\0\0\0\0\052\0\0\0\052\0\0\0'"$ethernet"'\105\0\0\034\0\1\0\0\100\021\0\0'"$addresses"'\3\350\3\351\0\010\0\0'
    printf '\0\0\0\0\0\0\0\0\052\0\0\0\052\0\0\0'"$ethernet"'\105\0\0\034\0\1\0\0\100\1\0\0'"$addresses"'\010\0\0\0\0\1\0\1'
    printf '\0\0\0\0\0\0\0\0\066\0\0\0\066\0\0\0'"$ethernet"'\105\0\0\050\0\1\0\0\100\6\0\0'"$addresses"'\3\350\0\120\0\0\0\1\0\0\0\0\120\2\377\377\0\0\0\0'
    count=$((count + 1))
  done
}
