#!/usr/bin/env bash
# Hostile clients against a packaged gateway of 256 MiB of heap, and another tenant's client beside them, which must see no
# error and a median latency within five times that of the quiet phases around each attack. Exits 0 if all of that holds and memory
# stays in its bounds. Built by `mvn package` before.
#
#   it/hostile/run.sh [--quick] [--seconds N] [--clients N] [--only ATTACK] [--help]
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
ulimit -n "$(ulimit -Hn)" # thousands of connections
jar=(target/sealward-it-*.jar)
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx512m -cp "${jar[0]}:target/lib/*" io.sealward.it.hostile.HostileClients \
  --launcher "$PWD/../gateway/bin/sealward" "$@"
