#!/usr/bin/env bash
# The AWS SDK for JavaScript with its default options.
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"
has_node() { command -v node && command -v npm; }
needs has_node "no Node.js here"
if [ ! -e "$TOOLS/javascript/client.mjs" ]; then
  mkdir -p "$TOOLS/javascript" && cp "$clients"/javascript/package.json "$TOOLS/javascript" &&
    npm --prefix "$TOOLS/javascript" install --no-audit --no-fund --silent && cp "$clients"/javascript/client.mjs "$TOOLS/javascript" || exit 1
fi
export SEALED=$clients/sealed.py
[ -z "$CA" ] || export NODE_EXTRA_CA_CERTS=$CA
node "$TOOLS/javascript/client.mjs"
