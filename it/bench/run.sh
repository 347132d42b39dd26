#!/usr/bin/env bash
# Runs a benchmark of this module, built by `mvn package` before. Nothing else should run on the machine.
#
#   it/bench/run.sh gateway [--quick] [--help]   the gateway against a relay and against the bare store
#   it/bench/run.sh memory [--help]              64 uploads and 64 slow readers in 256 MiB
#   it/bench/run.sh codec                        sealing and opening frames against the bare cipher (JMH)
#   it/bench/run.sh listing STORE                a listing of 1,000 keys against the store's own; STORE is its address
#
# The figures of the gateway are also written to it/target/gateway-bench.json.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

case "${1:-}" in
  gateway) main=io.sealward.it.bench.GatewayBench ;;
  memory) main=io.sealward.it.bench.MemoryBound ;;
  codec) main=org.openjdk.jmh.Main && set -- codec FrameCodecBench "${@:2}" ;;
  listing) exec python3 bench/listing.py "${@:2}" ;;
  *) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' bench/run.sh && exit 2 ;;
esac
shift
jar=(target/sealward-it-*.jar)
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "${jar[0]}:target/lib/*" "$main" "$@"
