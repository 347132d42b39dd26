# A key in Azure Key Vault, with which Sealward's application may encrypt and decrypt for @organization_id@, and nothing else.
# To revoke: disable the key, or remove azurerm_role_assignment.sealward, which takes some minutes.

terraform {
  required_version = ">= 1.3"
  required_providers {
    azuread = {
      source  = "hashicorp/azuread"
      version = ">= 2.44, < 4.0"
    }
    azurerm = {
      source  = "hashicorp/azurerm"
      version = ">= 4.42, < 5.0"
    }
    time = {
      source  = "hashicorp/time"
      version = ">= 0.9, < 1.0"
    }
  }
}

provider "azurerm" {
  environment     = "@azure_environment@"
  subscription_id = var.subscription_id
  features {}
}

# The directory of that subscription, whichever the command line is signed in to.
provider "azuread" {
  environment = "@azure_environment@"
  tenant_id   = data.azurerm_client_config.current.tenant_id
}

variable "subscription_id" {
  type        = string
  description = "Subscription of the key vault."
}

variable "vault_name" {
  type        = string
  description = "Name of the key vault, unique in all of Azure."
}

variable "resource_group_name" {
  type        = string
  description = "An existing resource group."
}

data "azurerm_client_config" "current" {}

data "azurerm_resource_group" "this" {
  name = var.resource_group_name
}

resource "azuread_service_principal" "sealward" {
  client_id    = "@azure_application_id@"
  use_existing = true
}

resource "azurerm_key_vault" "this" {
  name                       = var.vault_name
  resource_group_name        = data.azurerm_resource_group.this.name
  location                   = data.azurerm_resource_group.this.location
  tenant_id                  = data.azurerm_client_config.current.tenant_id
  sku_name                   = "standard"
  rbac_authorization_enabled = true
  purge_protection_enabled   = true
  soft_delete_retention_days = 90
}

# Being owner alone does not allow to create keys.
resource "azurerm_role_assignment" "administrator" {
  scope                = azurerm_key_vault.this.id
  role_definition_name = "Key Vault Administrator"
  principal_id         = data.azurerm_client_config.current.object_id
}

# A role assignment counts some minutes after it is made.
resource "time_sleep" "administrator" {
  create_duration = "120s"
  depends_on      = [azurerm_role_assignment.administrator]
}

resource "azurerm_key_vault_key" "kek" {
  name         = "@organization_id@--kek"
  key_vault_id = azurerm_key_vault.this.id
  key_type     = "RSA"
  key_size     = 3072
  key_opts     = ["encrypt", "decrypt"]
  depends_on   = [time_sleep.administrator]

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_role_definition" "key_user" {
  name        = "Sealward key user ${var.vault_name} @tag@"
  scope       = "/subscriptions/${var.subscription_id}"
  description = "Encrypt and decrypt with a key, and read its public half."

  permissions {
    actions = []
    data_actions = [
      "Microsoft.KeyVault/vaults/keys/encrypt/action",
      "Microsoft.KeyVault/vaults/keys/decrypt/action",
      "Microsoft.KeyVault/vaults/keys/read",
    ]
  }
}

resource "azurerm_role_assignment" "sealward" {
  scope              = azurerm_key_vault_key.kek.resource_versionless_id
  role_definition_id = azurerm_role_definition.key_user.role_definition_resource_id
  principal_id       = azuread_service_principal.sealward.object_id
}

output "registration" {
  description = "Body for POST /v1/organization/external_keys."
  value = jsonencode({
    type      = "azure"
    name      = "Azure Key Vault"
    tenant_id = data.azurerm_client_config.current.tenant_id
    vault_uri = azurerm_key_vault.this.vault_uri
    key_name  = azurerm_key_vault_key.kek.name
  })
}
