# Sourced by the scripts of the clients in Go: builds them once, and runs one. usage: . go.sh CLIENT
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"
has_go() { go list -C "$clients/go" -m; }
needs has_go "no Go here that is new enough"
export SEALED=$clients/sealed.py
[ -e "$TOOLS/go-clients" ] || go build -C "$clients/go" -o "$TOOLS/go-clients" . || exit 1
[ -z "$CA" ] || export SSL_CERT_FILE=$CA
"$TOOLS/go-clients" "$1"
