#!/usr/bin/env bash
# Fuzzes the parsers that face the network with Jazzer: each method with @FuzzTest in a class named *FuzzTest, one after the
# other, on one core. What makes one fail is kept among its seeds, in src/test/resources, so that `mvn verify` fails by it from
# then on; what reaches new code is kept in target/fuzz of the module, and is where the next run goes on. Exits 0 if nothing was
# found.
#
#   it/fuzz/run.sh [--minutes N] [TARGET]      N: for each method, 10 if not said; TARGET: such as XmlFuzzTest, all if not said
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
minutes=10 target='*FuzzTest'
while [ $# != 0 ]; do
  case $1 in
    --minutes) minutes=$2; shift ;;
    -*) sed -n '2,/^set/{/^#/p}' "$0"; exit 2 ;;
    *) target=$1 ;;
  esac
  shift
done
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
mvn -q -B test-compile org.apache.maven.plugins:maven-dependency-plugin:build-classpath -Dmdep.outputFile=target/fuzz.cp

ran=0 found=0
for source in $(find crypto providers gateway it -path "*/src/test/java/*/$target.java" | sort); do
  module=${source%%/*} class=${source#*/src/test/java/} class=${class%.java} class=${class//\//.}
  for method in $(grep -A1 '@FuzzTest' "$source" | sed -nE 's/^ +void ([A-Za-z0-9]+)\(.*/\1/p'); do
    corpus=target/fuzz/$class/$method log=target/fuzz/$class.$method.log
    (
      cd "$module"
      mkdir -p "$corpus" "src/test/resources/${class//.//}Inputs/$method"
      "$java" -Xmx1g -cp "target/test-classes:target/classes:$(cat target/fuzz.cp)" com.code_intelligence.jazzer.Jazzer \
        --target_class="$class" --target_method="$method" --instrumentation_includes='io.sealward.**' \
        -max_total_time=$((minutes * 60)) -timeout=20 "$corpus" >"$log" 2>&1
    ) && end=passed || end=FAILED
    ran=$((ran + 1))
    [ $end = passed ] || found=$((found + 1))
    find "$module/src/test/resources" -name "*Inputs" -prune -exec find {} -type d -empty -delete \;
    echo "$end $class.$method: $(grep -oE '^#[0-9]+.*cov: [0-9]+' "$module/$log" | tail -n 1 | tr -s '\t ' ' ') ($module/$log)"
  done
done
echo "$((ran - found)) passed, $found failed"
[ "$found" = 0 ]
