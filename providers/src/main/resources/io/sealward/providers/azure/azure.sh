#!/bin/sh
# Creates a key in Azure Key Vault and allows Sealward's application to encrypt and decrypt with it for @organization_id@,
# and nothing else. Needs curl and the Azure CLI, signed in as an owner of the subscription who is also Key Vault
# Administrator: being owner alone does not allow to create keys.
# It may be run again: what is there already stays as it is, with whatever you have added to it.
#
# To revoke: az keyvault key set-attributes --vault-name "$VAULT" --name '@organization_id@--kek' --enabled false
set -eu
# What the tools say is for the reader; the only output is the body of the registration.
exec 3>&1 1>&2

: "${VAULT:?set VAULT to a name for the key vault, unique in all of Azure}"
: "${RESOURCE_GROUP:?set RESOURCE_GROUP to an existing resource group}"
[ "$(az cloud show --query name --output tsv)" = @azure_cloud@ ] ||
  { echo "First: az cloud set --name @azure_cloud@ && az login"; exit 1; }
SUBSCRIPTION_ID="${SUBSCRIPTION_ID:-$(az account show --query id --output tsv)}"
TENANT_ID=$(az account show --subscription "$SUBSCRIPTION_ID" --query tenantId --output tsv)
KEY_NAME='@organization_id@--kek'
KEY_SCOPE="/subscriptions/$SUBSCRIPTION_ID/resourceGroups/$RESOURCE_GROUP/providers/Microsoft.KeyVault/vaults/$VAULT/keys/$KEY_NAME"
# Names of roles are unique in a directory, names of vaults in all of Azure.
ROLE="Sealward key user $VAULT @tag@"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# usage: wait_for WHAT COMMAND...: what Azure has just made, it knows everywhere some seconds to minutes later.
wait_for() {
  what=$1 tries=0
  shift
  until "$@"; do
    tries=$((tries + 1))
    [ "$tries" -lt 60 ] || { echo "gave up waiting for $what"; exit 1; }
    echo "waiting for $what"
    sleep 5
  done
}

# The service principal of Sealward's application in this directory. The token does not belong on a command line.
graph() {
  url=$1
  shift
  printf 'header = "Authorization: Bearer %s"\n' "$TOKEN" | curl --silent --show-error --fail --config - "$@" \
    "https://@azure_graph@/v1.0/servicePrincipals$url"
}
TOKEN=$(az account get-access-token --resource https://@azure_graph@ --tenant "$TENANT_ID" --query accessToken --output tsv)
find_principal() { graph "(appId='@azure_application_id@')?%24select=id,displayName" > "$work/principal" 2>/dev/null; }
find_principal ||
  graph '' --header 'Content-Type: application/json' --data '{"appId": "@azure_application_id@"}' --output /dev/null
wait_for 'the service principal' find_principal
PRINCIPAL_ID=$(sed -n 's/.*"id" *: *"\([0-9a-fA-F-]*\)".*/\1/p' "$work/principal")
echo "The service principal is $(sed -n 's/.*"displayName" *: *"\([^"]*\)".*/"\1"/p' "$work/principal"), object id $PRINCIPAL_ID."

# Custom roles count only in vaults that use role-based access control.
az keyvault show --name "$VAULT" --resource-group "$RESOURCE_GROUP" --subscription "$SUBSCRIPTION_ID" --output none 2>/dev/null ||
  az keyvault create --name "$VAULT" --resource-group "$RESOURCE_GROUP" --subscription "$SUBSCRIPTION_ID" \
    --enable-rbac-authorization true --enable-purge-protection true --retention-days 90 --output none
az keyvault key show --vault-name "$VAULT" --name "$KEY_NAME" --subscription "$SUBSCRIPTION_ID" --output none 2>/dev/null ||
  az keyvault key create --vault-name "$VAULT" --name "$KEY_NAME" --subscription "$SUBSCRIPTION_ID" \
    --kty RSA --size 3072 --ops encrypt decrypt --output none

role_known() {
  [ -n "$(az role definition list --name "$ROLE" --subscription "$SUBSCRIPTION_ID" --query '[].roleName' --output tsv)" ]
}
cat > "$work/role.json" <<JSON
@file:azure-custom-role.json@
JSON
role_known || az role definition create --subscription "$SUBSCRIPTION_ID" --role-definition "@$work/role.json" --output none
wait_for 'the role' role_known
assigned=$(az role assignment list --assignee "$PRINCIPAL_ID" --role "$ROLE" --scope "$KEY_SCOPE" \
  --subscription "$SUBSCRIPTION_ID" --query '[].id' --output tsv)
[ -n "$assigned" ] ||
  az role assignment create --assignee-object-id "$PRINCIPAL_ID" --assignee-principal-type ServicePrincipal \
    --role "$ROLE" --scope "$KEY_SCOPE" --subscription "$SUBSCRIPTION_ID" --output none

echo "Role assignments take some minutes to be known. Then register the key: POST /v1/organization/external_keys with"
cat >&3 <<JSON
{"type": "azure", "name": "Azure Key Vault", "tenant_id": "$TENANT_ID", "vault_uri": "https://$VAULT.@azure_vault_suffix@/", "key_name": "$KEY_NAME"}
JSON
