#!/usr/bin/env bash
# Runs ceph/s3-tests through the packaged gateway in front of a Ceph, and holds the outcome against expected-failures.txt.
# usage: run.sh core|all     (SEALWARD_S3_TESTS: a checkout of ceph/s3-tests; without it the run is skipped)
# core: the tests of core.txt, which all pass, a minute or two. all: the whole suite, first against the Ceph itself: what does not
# pass there says nothing of the gateway. Built by `mvn package` before. Needs python3 -m venv, and what ../stores/ceph-up.sh does.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=$(cd "$here/../.." && pwd)
profile=${1:-core}
suite=${SEALWARD_S3_TESTS:-}
if [ ! -d "$suite/s3tests" ]; then
  echo "skipped: SEALWARD_S3_TESTS names no checkout of ceph/s3-tests"
  echo "0 passed, 0 failed, 1 skipped"
  exit 0
fi
scratch=$(mktemp -d)
gateway=
stop() {
  [ -z "$gateway" ] || kill "$gateway" 2>/dev/null || true
  "$here/../stores/ceph-down.sh" "$scratch/ceph" || true
  wait
  rm -rf "$scratch"
}
trap stop EXIT

python3 -m venv "$scratch/venv"
"$scratch/venv/bin/pip" -q install --disable-pip-version-check \
  boto3 pytest munch isodate pytz requests pyyaml python-dateutil
export PATH=$scratch/venv/bin:$PATH
"$here/../stores/ceph-up.sh" "$scratch/ceph" >"$scratch/ceph.log" 2>&1 || { cat "$scratch/ceph.log"; exit 1; }
read -r endpoint access secret < <(tail -n 1 "$scratch/ceph.log")

export SEALWARD_KEYSTORE_PASSWORD=s3-tests
"$home/gateway/bin/sealward" keystore create --keystore "$scratch/keystore.bcfks" default >/dev/null
cat >"$scratch/sealward.yaml" <<YAML
s3: {host: 127.0.0.1, port: 0, anonymous-reads: by-policy}
store: {endpoint: "$endpoint", access-key: "$access", secret-key: "$secret", folder-keys: objects}
kek: {keystore: keystore.bcfks, password: "\${ENV:SEALWARD_KEYSTORE_PASSWORD}"}
management: {host: 127.0.0.1, port: 0}
registry: {jdbc-url: "jdbc:h2:file:$scratch/registry", user: sealward, password: sealward-s3-tests, encryption-key: encryption-of-s3-tests}
YAML
"$home/gateway/bin/sealward" serve --config "$scratch/sealward.yaml" >"$scratch/log" 2>&1 &
gateway=$!
for _ in $(seq 600); do
  ! grep -q 'serving S3 on' "$scratch/log" || break
  kill -0 "$gateway" || { cat "$scratch/log"; exit 1; }
  sleep 0.2
done

# usage: suite NAME TEST...; the report is NAME.xml
suite() {
  local name=$1
  shift
  (cd "$suite" && S3TEST_CONF=$scratch/$name.conf BOTO_DISABLE_CRT=true AWS_MAX_ATTEMPTS=1 \
    python3 -m pytest -q -p no:cacheprovider --tb=line -o junit_family=xunit2 --junitxml="$scratch/$name.xml" "$@") || true
}

python3 "$here/tenants.py" gateway "$scratch/log" >"$scratch/through.conf"
files=(s3tests/functional/test_s3.py s3tests/functional/test_headers.py s3tests/functional/test_utils.py)
if [ "$profile" = all ]; then
  CEPH_CONF=$scratch/ceph/ceph.conf python3 "$here/tenants.py" ceph "$endpoint" >"$scratch/direct.conf"
  suite direct "${files[@]}" >/dev/null
  suite through "${files[@]}"
  python3 "$here/verdict.py" "$here/expected-failures.txt" "$scratch/through.xml" "$scratch/direct.xml"
else
  mapfile -t tests < <(sed "s|^|s3tests/functional/test_s3.py::|" "$here/core.txt")
  suite through "${tests[@]}"
  python3 "$here/verdict.py" "$here/expected-failures.txt" "$scratch/through.xml"
fi
