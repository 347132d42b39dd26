#!/bin/sh
# Creates a key in the transit engine of Vault or OpenBao, and the role with which Sealward may encrypt and decrypt with it for
# @owner_id@, and nothing else. Needs the command line vault (or a link of that name to bao), logged in as an administrator.
# It may be run again: what is there already stays as it is, with whatever you have added to it.
#
# To revoke: vault policy delete @name@. That takes effect with the next call.
set -eu
# What the tools say is for the reader; the only output is the body of the registration.
exec 3>&1 1>&2

: "${VAULT_ADDR:?set VAULT_ADDR to the address by which the gateway reaches Vault, https://host[:port]}"
TRANSIT="${TRANSIT:-transit}"
KEY="${KEY:-@name@}"

vault read "sys/mounts/$TRANSIT" >/dev/null 2>&1 ||
  vault secrets enable -path="$TRANSIT" transit
vault read "$TRANSIT/keys/$KEY" >/dev/null 2>&1 ||
  vault write "$TRANSIT/keys/$KEY" type=aes256-gcm96 derived=true auto_rotate_period=2160h

vault policy read @name@ >/dev/null 2>&1 ||
  vault policy write @name@ - <<HCL
path "$TRANSIT/encrypt/$KEY" { capabilities = ["update"] }
path "$TRANSIT/decrypt/$KEY" { capabilities = ["update"] }
path "sys/capabilities-self" { capabilities = ["update"] }
HCL

vault read sys/mounts/auth/@name@ >/dev/null 2>&1 ||
  vault auth enable -path=@name@ jwt
vault read auth/@name@/config >/dev/null 2>&1 ||
  vault write auth/@name@/config oidc_discovery_url='@issuer@' bound_issuer='@issuer@'
vault read auth/@name@/role/@name@ >/dev/null 2>&1 ||
  vault write auth/@name@/role/@name@ role_type=jwt user_claim=sub bound_audiences='@owner_id@' \
    bound_subject='@subject@' token_policies=@name@ token_no_default_policy=true token_ttl=15m token_max_ttl=15m

echo "Register the key: POST /v1/organization/external_keys with"
cat >&3 <<JSON
{"type": "vault", "name": "Vault", "vault_address": "$VAULT_ADDR", "transit_mount": "$TRANSIT", "transit_key_name": "$KEY",
 "auth_method": "jwt", "auth_mount": "@name@", "auth_role": "@name@", "audience": "@owner_id@"}
JSON
