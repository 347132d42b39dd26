#!/usr/bin/env bash
# Starts a Ceph of one monitor, one manager, one OSD in memory and one RADOS gateway, on loopback, for tests only.
# usage: ceph-up.sh FOLDER   (an empty one; ceph-down.sh FOLDER stops it). Needs Debian's packages:
#   apt-get install -y --no-install-recommends ceph-mon ceph-osd ceph-mgr radosgw ceph-common
# The last line of output is: endpoint access-key secret-key
set -euo pipefail
folder=$1
port=${CEPH_RGW_PORT:-17480} monitor=${CEPH_MON_PORT:-13300}
access=ceph-user secret=ceph-secret
mkdir -p "$folder"/{mon,mgr,osd,run,log}
folder=$(cd "$folder" && pwd)
export CEPH_CONF=$folder/ceph.conf
fsid=$(cat /proc/sys/kernel/random/uuid)
osd=$(cat /proc/sys/kernel/random/uuid)

# The OSD frees deleted objects late, hence the memory and the garbage collection. Without tcp_nodelay each small
# answer waits 40 ms for an acknowledgement.
cat >"$CEPH_CONF" <<CONF
[global]
fsid = $fsid
mon initial members = a
mon host = [v2:127.0.0.1:$monitor]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
keyring = $folder/keyring
run dir = $folder/run
admin socket = $folder/run/\$cluster-\$name.asok
pid file = $folder/run/\$name.pid
log file = $folder/log/\$name.log
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
osd objectstore = memstore
memstore device bytes = 8589934592
mon allow pool size one = true
mon warn on pool no redundancy = false
mon data avail crit = 1
setuser match path = $folder
[mon.a]
mon data = $folder/mon
[mgr.a]
mgr data = $folder/mgr
mgr initial modules =
[osd.0]
osd data = $folder/osd
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:$port tcp_nodelay=1
rgw data = $folder/run
rgw thread pool size = 64
rgw enable usage log = false
rgw gc obj min wait = 5
rgw gc processor period = 5
rgw gc processor max time = 60
CONF

keyring=$folder/keyring
ceph-authtool --create-keyring "$keyring" --gen-key -n mon. --cap mon 'allow *'
ceph-authtool "$keyring" --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *'
ceph-authtool "$keyring" --gen-key -n mgr.a --cap mon 'allow profile mgr' --cap osd 'allow *'
ceph-authtool "$keyring" --gen-key -n osd.0 --cap mon 'allow profile osd' --cap mgr 'allow profile osd' --cap osd 'allow *'
ceph-authtool "$keyring" --gen-key -n client.rgw --cap mon 'allow rw' --cap osd 'allow rwx' --cap mgr 'allow rw'
monmaptool --create --clobber --fsid "$fsid" --addv a "[v2:127.0.0.1:$monitor]" "$folder/monmap"
ceph-mon --mkfs -i a --monmap "$folder/monmap" --keyring "$keyring"
ceph-mon -i a
ceph-mgr -i a
ceph osd new "$osd"
ceph-osd -i 0 --mkfs --osd-uuid "$osd"
ceph osd crush add-bucket default root
ceph osd crush add osd.0 1.0 root=default host=localhost
ceph-osd -i 0
timeout 120 radosgw -n client.rgw
for _ in $(seq 60); do
  if curl -sf -o "$folder/log/probe" "http://127.0.0.1:$port/"; then break; fi
  sleep 1
done
radosgw-admin user create --uid tests --display-name tests --access-key "$access" --secret-key "$secret" \
  >"$folder/log/user.json"
echo "http://127.0.0.1:$port $access $secret"
