#!/usr/bin/env bash
# Stops what seaweedfs-up.sh started. usage: seaweedfs-down.sh FOLDER
set -uo pipefail
pid=$(cat "$1/pid") || exit 0
kill "$pid"
for _ in $(seq 50); do
  kill -0 "$pid" 2>/dev/null || break
  sleep 0.2
done
kill -9 "$pid" 2>/dev/null || true # its own end can take longer than anybody waits
