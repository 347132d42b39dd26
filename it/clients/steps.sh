# Sourced by the script of each client, which is given in the environment:
#   ENDPOINT ACCESS_KEY SECRET_KEY  the server;  CA  PEM of its authority, empty for http;  WORK  an empty folder
# It makes the files to send, and `step`, which runs a command and judges it by its status and by what it prints.
set -uo pipefail
unset AWS_CA_BUNDLE AWS_PROFILE
clients=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$WORK" || exit 1

# What a client says when it takes an object for damaged, or sends it again.
complaints='corrupt|mismatch|(sizes?|hash(es)?|md5|etag) differ|did not match|retry|retries|invalid etag|unexpected etag|warning: .*md5'
bucket=clients-$$-$RANDOM
passed=0 failed=0

step() {
  local name=$1
  shift
  if "$@" >step.log 2>&1 && ! grep -qiE "$complaints" step.log; then
    passed=$((passed + 1))
    echo "    ok    $name"
  else
    failed=$((failed + 1))
    echo "    FAIL  $name"
    tail -n 15 step.log | sed 's/^/          /'
  fi
}

# For steps whose success is that nothing was left to do.
prints_nothing() {
  "$@" >nothing.log 2>&1 || { cat nothing.log; return 1; }
  if [ -s nothing.log ]; then
    cat nothing.log
    return 1
  fi
}

# No object of the bucket holds, at the store, what was sent.
sealed() { [ -n "${DIRECT:-}" ] || "${PYTHON:-python3}" "$clients/sealed.py" "$bucket" small large "$@"; }

# usage: needs COMMAND REASON; ends the client, visibly, where the command fails
needs() {
  "$1" >needs.log 2>&1 && return
  echo "    skipped: $2"
  echo "  0 passed, 0 failed, 1 skipped"
  exit 0
}

finish() {
  echo "  $passed passed, $failed failed"
  [ "$failed" = 0 ]
}

mkdir -p tree/sub
head -c 1000 /dev/urandom >small
head -c $((17 * 1024 * 1024 + 7)) /dev/urandom >large
: >tree/empty
for size in 1 65535 65536 65537 1048579; do head -c $size /dev/urandom >"tree/sub/$size bytes+ü"; done
tail -c +65531 large | head -c 70000 >range
