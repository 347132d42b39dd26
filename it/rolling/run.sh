#!/usr/bin/env bash
# Two packaged gateways behind HAProxy are restarted one after the other, while boto3 clients write and read: no request of a client
# with its own default retries may fail. Prints what each kind of client saw, and "N passed, N failed". Needs haproxy, and a python3
# with boto3.
#
#   it/rolling/run.sh [--quick]    --quick: checks and drain-delay at a quarter of their defaults
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
home=$(cd "$here/../.." && pwd)
[ -d "$home/it/target/lib" ] || mvn -q -B -f "$home/pom.xml" -Dmaven.test.skip=true package
scratch=$(mktemp -d)
java -Xmx512m -cp "$home/it/target/classes:$home/it/target/lib/*" io.sealward.it.store.StoreServer >"$scratch/store.log" 2>&1 &
store=$!
trap 'kill $store; wait $store 2>/dev/null || true; rm -rf "$scratch"' EXIT
until read -r endpoint access secret < <(grep -m 1 '^http' "$scratch/store.log"); do
  kill -0 $store || { cat "$scratch/store.log"; exit 1; }
  sleep 0.2
done
python3 "$here/rolling.py" "$home/gateway/bin/sealward" "$scratch" "$endpoint" "$access" "$secret" "$@"
