# A key in the transit engine of Vault or OpenBao, and the role with which Sealward may encrypt and decrypt with it for
# @owner_id@, and nothing else. To revoke: remove vault_policy.sealward. That takes effect with the next call.

terraform {
  required_version = ">= 1.3"
  required_providers {
    vault = {
      source  = "hashicorp/vault"
      version = ">= 4.0, < 6.0"
    }
  }
}

variable "vault_address" {
  type        = string
  description = "The address by which the gateway reaches Vault, https://host[:port]."
}

resource "vault_mount" "transit" {
  path = "@name@"
  type = "transit"
}

resource "vault_transit_secret_backend_key" "kek" {
  backend            = vault_mount.transit.path
  name               = "@name@"
  type               = "aes256-gcm96"
  derived            = true
  auto_rotate_period = 7776000

  lifecycle {
    prevent_destroy = true
  }
}

resource "vault_policy" "sealward" {
  name   = "@name@"
  policy = <<-HCL
    path "${vault_mount.transit.path}/encrypt/${vault_transit_secret_backend_key.kek.name}" { capabilities = ["update"] }
    path "${vault_mount.transit.path}/decrypt/${vault_transit_secret_backend_key.kek.name}" { capabilities = ["update"] }
    path "sys/capabilities-self" { capabilities = ["update"] }
  HCL
}

resource "vault_jwt_auth_backend" "sealward" {
  path               = "@name@"
  oidc_discovery_url = "@issuer@"
  bound_issuer       = "@issuer@"
}

resource "vault_jwt_auth_backend_role" "sealward" {
  backend                 = vault_jwt_auth_backend.sealward.path
  role_name               = "@name@"
  role_type               = "jwt"
  user_claim              = "sub"
  bound_audiences         = ["@owner_id@"]
  bound_subject           = "@subject@"
  token_policies          = [vault_policy.sealward.name]
  token_no_default_policy = true
  token_ttl               = 900
  token_max_ttl           = 900
}

output "registration" {
  description = "Body for POST /v1/organization/external_keys."
  value = jsonencode({
    type             = "vault"
    name             = "Vault"
    vault_address    = var.vault_address
    transit_mount    = vault_mount.transit.path
    transit_key_name = vault_transit_secret_backend_key.kek.name
    auth_method      = "jwt"
    auth_mount       = vault_jwt_auth_backend.sealward.path
    auth_role        = vault_jwt_auth_backend_role.sealward.role_name
    audience         = "@owner_id@"
  })
}
