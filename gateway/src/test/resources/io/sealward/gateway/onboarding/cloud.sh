#!/bin/sh
# Stands in for aws, gcloud, az, vault, pkcs11-tool, curl and sleep: remembers in $CLOUD what was made, finds nothing else, and refuses to make
# the same twice, as the clouds do. Each call is a line of $CLOUD/calls.
tool=$(basename "$0")
echo "$tool $*" >> "$CLOUD/calls"
option() { # the value of an option
  name=$1
  shift
  while [ $# -gt 0 ]; do
    case "$1" in "$name") echo "$2"; return ;; "$name="*) echo "${1#*=}"; return ;; esac
    shift
  done
}
made() { [ -e "$CLOUD/made-$(echo "$1" | tr -c '[:alnum:]\n' _)" ]; }
make() {
  ! made "$1" || { echo "$1 is there already" >&2; exit 1; }
  : > "$CLOUD/made-$(echo "$1" | tr -c '[:alnum:]\n' _)"
}
for a in "$@"; do case "$a" in file://*|@/*) f=${a#file://}; cp "${f#@}" "$CLOUD/$(basename "$f")" ;; esac; done
case "$tool $1 ${2:-}" in
  "aws sts "*) echo 123456789012 ;;
  "aws iam get-role") made "role $(option --role-name "$@")" && echo "arn:aws:iam::123456789012:role/$(option --role-name "$@")" ;;
  "aws iam create-role") make "role $(option --role-name "$@")"; echo "arn:aws:iam::123456789012:role/$(option --role-name "$@")" ;;
  "aws iam get-role-policy") made "role policy $(option --role-name "$@")" ;;
  "aws iam put-role-policy") make "role policy $(option --role-name "$@")" ;;
  "aws kms describe-key") made "alias $(option --key-id "$@")" && echo arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000000 ;;
  "aws kms create-key") echo arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000000 ;;
  "aws kms create-alias") make "alias $(option --alias-name "$@")" ;;
  "aws kms get-key-policy") cat "$CLOUD/key-policy.json" 2>/dev/null || echo '{}' ;;
  "aws kms put-key-policy") made slow || { make slow; rm -f "$CLOUD/key-policy.json"; exit 254; } ;;
  "aws kms enable-key-rotation") ;;
  "gcloud services enable" | "gcloud kms keys") case "$*" in
      *" describe "*) made "key $4 $(option --keyring "$@")" ;;
      *" create "*) make "key $4 $(option --keyring "$@")" ;;
    esac ;;
  "gcloud projects describe") echo 123456789012 ;;
  "gcloud iam "* | "gcloud kms keyrings") case "$*" in
      *"providers describe "*) made "provider $5 $(option --workload-identity-pool "$@")" ;;
      *"providers create-oidc "*) make "provider $5 $(option --workload-identity-pool "$@")" ;;
      *" describe "*) made "$2 $4" ;;
      *" create "*) make "$2 $4" ;;
    esac ;;
  "az cloud "*) echo AzureCloud ;;
  "az account get-access-token") echo a-token ;;
  "az account "*) echo 20a14814-5ab7-4612-a671-1382b412bf93 ;;
  "curl "*)
    cat > /dev/null
    case "$*" in
      *--data*) make principal ;;
      *) made principal && echo '{"id": "20a14814-5ab7-4612-a671-1382b412bf93", "displayName": "Sealward"}' ;;
    esac ;;
  "az keyvault show") made "vault $(option --name "$@")" ;;
  "az keyvault create") make "vault $(option --name "$@")" ;;
  "az keyvault key") case "$3" in show) made "key $(option --name "$@")" ;; create) make "key $(option --name "$@")" ;; esac ;;
  "az role definition") case "$3" in
      list) made "role $(option --name "$@")" && echo "$(option --name "$@")" || : ;;
      create) make "role $(sed -n 's/.*"Name": "\(.*\)",/\1/p' "$CLOUD/role.json")" ;;
    esac ;;
  "az role assignment") case "$3" in
      list) made "assignment $(option --scope "$@")" && echo an-id || : ;;
      create) make "assignment $(option --scope "$@")" ;;
    esac ;;
  "vault read "*) case "$2" in
      sys/mounts/*) made "mount ${2#sys/mounts/}" ;;
      *) made "$2" ;;
    esac ;;
  "vault secrets enable") make "mount $(option -path "$@")" ;;
  "vault auth enable") make "mount auth/$(option -path "$@")" ;;
  "vault policy read") made "policy $3" ;;
  "vault policy write") cat > /dev/null; make "policy $3" ;;
  "vault write "*) make "$2" ;;
  "pkcs11-tool "*) case "$*" in
      *" --list-objects "*) for k in "$CLOUD"/made-label_*; do [ ! -e "$k" ] || echo "  label:      $(cat "$k")"; done ;;
      *" --keygen "*) make "label $(option --label "$@")"; option --label "$@" > "$CLOUD/made-label_$(option --label "$@" | tr -c '[:alnum:]\n' _)" ;;
    esac ;;
  "sleep "*) ;;
  *) echo "no stand-in for: $tool $*" >&2; exit 2 ;;
esac
