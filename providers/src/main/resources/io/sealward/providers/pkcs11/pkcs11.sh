#!/bin/sh
# For the gateway's operator: makes a key in the gateway's token that @organization_id@ may register, and nobody else.
# Needs pkcs11-tool of OpenSC. It may be run again: a key that is there already stays as it is.
#
# To revoke, for good: token --delete-object --type secrkey --label @key_label@. That takes effect with the next call.
set -eu
# What the tool says is for the reader; the only output is the body of the registration.
exec 3>&1 1>&2

: "${LIBRARY:?set LIBRARY to the PKCS#11 library of clouds.pkcs11}" "${TOKEN:?set TOKEN to the label of the token}"
: "${PIN:?set PIN to the PIN of the user of the token}"
export PIN
token() { pkcs11-tool --module "$LIBRARY" --token-label "$TOKEN" --login --pin env:PIN "$@"; }

keys=$(token --list-objects --type secrkey)
echo "$keys" | grep -q 'label: *@key_label@$' ||
  token --keygen --key-type AES:32 --label @key_label@ --private --sensitive

echo "Register the key: POST /v1/organization/external_keys with"
cat >&3 <<JSON
{"type": "pkcs11", "name": "PKCS#11", "key_label": "@key_label@"}
JSON
