#!/usr/bin/env bash
# Stops what ceph-up.sh started. usage: ceph-down.sh FOLDER
set -uo pipefail
for name in client.rgw osd.0 mgr.a mon.a; do
  pid=$1/run/$name.pid
  [ ! -f "$pid" ] || kill "$(cat "$pid")"
done
for _ in $(seq 50); do
  compgen -G "$1/run/*.pid" >/dev/null || break
  sleep 0.2
done
