# Installs, uses and purges the package $2 in a copy of the machine's root that is gone when this ends, without any other Java;
# $1 is an empty folder. Run in mount and network namespaces of its own. What is asked is printed under "== " lines.
set -e
mount -t tmpfs none "$1"
mkdir "$1/upper" "$1/work" "$1/root"
mount -t overlay none -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root"
cp "$2" "$1/root/tmp/ringtap.deb"
for folder in dev proc; do
  mount --rbind /$folder "$1/root/$folder"
done
mount -t tmpfs none "$1/root/usr/lib/jvm" 2>/dev/null || :
ip link set lo up
sysctl -q -w net.ipv4.ping_group_range="1 0"
cat /etc/passwd /etc/group >"$1/accounts"
rm -f "$1/root/var/lib/man-db/auto-update" # or the index of all manuals is made anew, twice

cat >"$1/root/tmp/as-user" <<'END'
#!/bin/sh
cd /
exec setpriv --reuid packer --regid packer --init-groups --inh-caps -all --bounding-set +all sh -c "$1"
END
chmod 755 "$1/root/tmp/as-user"

chroot "$1/root" sh <<'END' 2>&1
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/ LC_ALL=C.UTF-8
unset JAVA_HOME RINGTAP_JAVA_HOME
echo "== install"
dpkg -i /tmp/ringtap.deb && echo installed
useradd packer
echo "== version"
ringtap --version
echo "== ping"
ringtap ping -c 1 127.0.0.1
echo "== cache"
RINGTAP_JAVA_OPTIONS=-Xshare:on ringtap ping -q -c 1 127.0.0.1
RINGTAP_JAVA_OPTIONS=-Xshare:on ringtap interfaces
echo "== faces"
/usr/lib/ringtap/faces/ping -c 1 127.0.0.1
/usr/lib/ringtap/faces/fping 127.0.0.1
echo "== user"
/tmp/as-user "ringtap ping -c 1 127.0.0.1; echo exit \$?"
echo "== allowed"
ringtap-allow
usermod -a -G ringtap-allowed packer
/tmp/as-user "ringtap ping -c 1 127.0.0.1; echo exit \$?"
/tmp/as-user "ringtap ping -q -c 40 -i 100ms 127.0.0.1 >/dev/null & ringtap capture -i lo -c 2 icmp; echo exit \$?; wait"
echo "== no longer"
ringtap-allow --off
/tmp/as-user "ringtap ping -c 1 127.0.0.1; echo exit \$?"
echo "== monitor"
mkdir /etc/ringtap
echo "groups: [{name: lo, targets: [127.0.0.1]}]" >/etc/ringtap/monitor.yml
setpriv --reuid ringtap --regid ringtap --clear-groups ringtap monitor --check /etc/ringtap/monitor.yml
echo "exit $?"
echo "== purge"
userdel packer
ringtap-allow >/dev/null
dpkg --purge ringtap && echo purged
END
echo "== left"
(cd "$1/upper" && find . -name '*ringtap*' ! -path ./tmp/ringtap.deb)
cat "$1/root/etc/passwd" "$1/root/etc/group" | cmp - "$1/accounts"
