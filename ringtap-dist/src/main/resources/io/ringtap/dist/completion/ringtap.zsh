#compdef ringtap
# Completion of ringtap(1) for zsh. Generated from the commands' own options.

_ringtap_interfaces() {
  local -a expl names=(/sys/class/net/*(N-/:t))
  _wanted interfaces expl interface compadd -a names
}

_ringtap_namespaces() {
  local -a expl names=(/run/netns/*(N:t))
  _wanted namespaces expl 'network namespace' compadd -a names
}

# What ssh is completed to, and hosts with IPv6 addresses only, which getent(1) leaves out.
_ringtap_hosts() {
  local -a expl names=(${=${${(f)"$(</etc/hosts)"}%%\#*}##[[:blank:]]#[^[:blank:]]#})
  local ret=1
  _wanted hosts expl host compadd -a names && ret=0
  _hosts && ret=0
  return ret
}

_ringtap_savefiles() {
  _files -g '(#i)*.(pcap|pcapng|cap)[0-9]#(|.gz)(-.)'
}

_ringtap_configurations() {
  _files -g '*.(yml|yaml)(-.)'
}

# What may come next in a filter.
_ringtap_filter() {
  local -a expl keywords=(@keywords@)
  local ret=1
  case $words[CURRENT-1] in
    @keywords.host@) _ringtap_hosts && ret=0 ;;
    @keywords.value@) ;;
    @keywords.either@)
      _wanted keywords expl keyword compadd -a keywords && ret=0
      _ringtap_hosts && ret=0
      ;;
    *) _wanted keywords expl keyword compadd -a keywords && ret=0 ;;
  esac
  return ret
}

@model@

_ringtap "$@"
