#!/bin/sh
# Creates a key in Azure Key Vault and allows Sealward's application to encrypt and decrypt with it for @organization_id@,
# and nothing else. Needs the Azure CLI, signed in as an owner of the subscription who is also Key Vault Administrator:
# being owner alone does not allow to create keys. It is for one run: what is there already stops it.
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
TENANT_ID=$(az account show --query tenantId --output tsv)
KEY_NAME='@organization_id@--kek'
SCOPE="/subscriptions/$SUBSCRIPTION_ID/resourceGroups/$RESOURCE_GROUP/providers/Microsoft.KeyVault/vaults/$VAULT"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The service principal of Sealward's application in this directory. The same over Microsoft Graph:
#   POST https://@azure_graph@/v1.0/servicePrincipals {"appId": "@azure_application_id@"}
az ad sp show --id '@azure_application_id@' --output none 2>/dev/null || az ad sp create --id '@azure_application_id@' --output none
PRINCIPAL_ID=$(az ad sp show --id '@azure_application_id@' --query id --output tsv)

# Custom roles count only in vaults that use role-based access control.
az keyvault create --name "$VAULT" --resource-group "$RESOURCE_GROUP" --subscription "$SUBSCRIPTION_ID" \
  --enable-rbac-authorization true --enable-purge-protection true --retention-days 90 --output none
az keyvault key create --vault-name "$VAULT" --name "$KEY_NAME" --kty RSA --size 3072 --ops encrypt decrypt --output none

cat > "$work/role.json" <<JSON
@file:azure-custom-role.json@
JSON
az role definition create --subscription "$SUBSCRIPTION_ID" --role-definition "@$work/role.json" --output none
az role assignment create --assignee-object-id "$PRINCIPAL_ID" --assignee-principal-type ServicePrincipal \
  --role 'Sealward key user' --scope "$SCOPE/keys/$KEY_NAME" --output none

echo "Role assignments take some minutes to be known. Then register the key: POST /v1/organization/external_keys with"
cat >&3 <<JSON
{"type": "azure", "name": "Azure Key Vault", "tenant_id": "$TENANT_ID", "vault_uri": "https://$VAULT.@azure_vault_suffix@/", "key_name": "$KEY_NAME"}
JSON
