#!/usr/bin/env bash
# Runs the command-line clients against a store, directly or through the gateway.
# usage: run.sh STORE ROUTE... [-- CLIENT...]
#   STORE   s3proxy, ceph or seaweedfs (see ../stores/ for what they need), or the address of one that runs, with its
#           credential in STORE_ACCESS_KEY and STORE_SECRET_KEY
#   ROUTE   direct (the store itself), http or https (through a gateway, by path)
#   CLIENT  a script of this folder, without its ending; all by default; settings and web_identity are for the gateway only
# A client whose toolchain is not here is skipped, and says so. Prints a table and "N passed, N failed, N skipped"; the status
# tells whether all passed.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=$(cd "$here/../.." && pwd)
store=$1
shift
routes=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do routes+=("$1"); shift; done
[ $# = 0 ] || shift
clients=("$@")
[ $# != 0 ] || clients=(aws-cli rclone s3cmd restic s5cmd s3fs boto3_client pyarrow_client deltalake_client fsspec_client
  minio_client javascript go-sdk minio-go s3a settings web_identity)

scratch=$(mktemp -d)
started=()
stop() {
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  case $store in ceph | seaweedfs) "$here/../stores/$store-down.sh" "$scratch/$store" || true ;; esac
  wait
  rm -rf "$scratch"
}
trap stop EXIT

# Waits for a line of a log, and prints it. usage: await FILE PATTERN
await() {
  for _ in $(seq 300); do
    grep -m 1 -E "$2" "$1" 2>/dev/null && return
    sleep 0.2
  done
  echo "never seen: $2" >&2
  cat "$1" >&2
  return 1
}

case $store in
  s3proxy)
    [ -d "$home/it/target/lib" ] || mvn -q -B -f "$home/pom.xml" -Dmaven.test.skip=true package
    java -Xmx512m -cp "$home/it/target/classes:$home/it/target/lib/*" io.sealward.it.store.StoreServer \
      >"$scratch/store.log" 2>&1 &
    started+=($!)
    read -r endpoint access secret < <(await "$scratch/store.log" '^http')
    ;;
  ceph | seaweedfs)
    "$here/../stores/$store-up.sh" "$scratch/$store" >"$scratch/store.log" 2>&1 || { cat "$scratch/store.log"; exit 1; }
    read -r endpoint access secret < <(tail -n 1 "$scratch/store.log")
    ;;
  http*)
    endpoint=$store access=$STORE_ACCESS_KEY secret=$STORE_SECRET_KEY
    ;;
  *)
    echo "no such store: $store" >&2
    exit 2
    ;;
esac

# An authority, and a server's certificate by it: Rust's TLS takes none that is both.
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -keyout "$scratch/ca.key" -out "$scratch/ca.crt" 2>/dev/null
openssl req -newkey rsa:2048 -nodes -subj /CN=sealward -keyout "$scratch/tls.key" -out "$scratch/tls.csr" 2>/dev/null
openssl x509 -req -days 2 -in "$scratch/tls.csr" -CA "$scratch/ca.crt" -CAkey "$scratch/ca.key" -CAcreateserial \
  -extfile <(echo subjectAltName=IP:127.0.0.1,DNS:localhost) -out "$scratch/tls.crt" 2>/dev/null

openssl genrsa -out "$scratch/issuer.key" 2048 2>/dev/null
"${PYTHON:-python3}" "$here/identity.py" jwks "$scratch/issuer.key" >"$scratch/issuer.jwks"

# usage: gateway ROUTE; prints its endpoint
gateway() {
  local folder=$scratch/gateway-$1 tls=
  mkdir "$folder"
  [ "$1" = http ] || tls="tls: {certificate: $scratch/tls.crt, private-key: $scratch/tls.key}"
  export SEALWARD_KEYSTORE_PASSWORD=clients
  "$home/gateway/bin/sealward" keystore create --keystore "$folder/keystore.bcfks" default >/dev/null
  cat >"$folder/sealward.yaml" <<YAML
s3: {host: 127.0.0.1, port: 0, $tls}
store: {endpoint: "$endpoint", access-key: "$access", secret-key: "$secret"}
kek: {keystore: keystore.bcfks, password: "\${ENV:SEALWARD_KEYSTORE_PASSWORD}"}
projects:
  - organization: org-clients
    project: proj_clients
    credentials: [{access-key: clients, secret-key: clients-secret}]
    roles: [{name: clients, trust: {issuer: "https://issuer.clients", audience: sealward, subject: clients}}]
sts: {token-keys: [token-key-of-clients], issuers: [{issuer: "https://issuer.clients", jwks-file: $scratch/issuer.jwks}]}
YAML
  "$home/gateway/bin/sealward" serve --config "$folder/sealward.yaml" >"$folder/log" 2>&1 &
  started+=($!)
  listening=$1://$(await "$folder/log" 'serving S3 on' | sed -E 's/.*serving S3 on .*:([0-9]+)$/127.0.0.1:\1/')
}

passed=0 failed=0 skipped=0 table=
mkdir "$scratch/tools" # what clients install, once for all routes
for route in "${routes[@]}"; do
  if [ "$route" = direct ]; then
    target=$endpoint key=$access password=$secret ca=
  else
    gateway "$route"
    target=$listening key=clients password=clients-secret ca=
    [ "$route" = http ] || ca=$scratch/ca.crt
  fi
  for client in "${clients[@]}"; do
    case "$route $client" in "direct settings" | "direct web_identity") continue ;; esac
    program=("$here/$client.sh")
    [ -e "${program[0]}" ] || program=("${PYTHON:-python3}" "$here/$client.py")
    work=$scratch/$route-$client
    mkdir "$work"
    echo "== $client, $store, $route"
    status=0
    ENDPOINT=$target ACCESS_KEY=$key SECRET_KEY=$password CA=$ca WORK=$work STORE=$store DIRECT=$([ "$route" != direct ] || echo yes) \
      STORE_ENDPOINT=$endpoint STORE_ACCESS_KEY=$access STORE_SECRET_KEY=$secret TOOLS=$scratch/tools \
      ISSUER_KEY=$scratch/issuer.key ROLE=arn:aws:iam::org-clients:role/proj_clients/clients \
      timeout 600 "${program[@]}" | tee "$work.out" || status=$?
    tally=$(tail -n 1 "$work.out")
    p=$(sed -E 's/^ *([0-9]+) passed.*/\1/' <<<"$tally") f=$(sed -E 's/.*, ([0-9]+) failed.*/\1/' <<<"$tally")
    s=$(sed -nE 's/.*, ([0-9]+) skipped$/\1/p' <<<"$tally")
    case $p$f in *[!0-9]* | '') p=0 f=1 ;; esac
    [ "$status" = 0 ] || [ "$f" != 0 ] || f=1
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + ${s:-0}))
    table+=$(printf '%-10s %-8s %-16s %4d passed %4d failed %4d skipped' "$store" "$route" "$client" "$p" "$f" "${s:-0}")$'\n'
    rm -rf "$work"
  done
done
echo
echo -n "$table"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
