# A Cloud KMS key and the workload identity through which Sealward may encrypt and decrypt with it for @owner_id@, and
# nothing else. To revoke: remove google_kms_crypto_key_iam_member.sealward. That takes seconds; disabling the key usually
# takes a minute, at times hours.

terraform {
  required_version = ">= 1.3"
  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 5.0, < 8.0"
    }
  }
}

variable "project_id" {
  type        = string
  description = "Project of the workload identity pool."
}

variable "kms_project_id" {
  type        = string
  default     = null
  description = "Project of the key; without it the same one."
}

variable "location" {
  type        = string
  description = "Location of the key, such as us-east1."
}

locals {
  kms_project_id = coalesce(var.kms_project_id, var.project_id)
}

resource "google_project_service" "identity" {
  for_each           = toset(["cloudresourcemanager.googleapis.com", "iam.googleapis.com", "sts.googleapis.com"])
  project            = var.project_id
  service            = each.value
  disable_on_destroy = false
}

resource "google_project_service" "key" {
  for_each           = toset(["cloudkms.googleapis.com", "iam.googleapis.com"])
  project            = local.kms_project_id
  service            = each.value
  disable_on_destroy = false
}

data "google_project" "this" {
  project_id = var.project_id
  depends_on = [google_project_service.identity]
}

resource "google_iam_workload_identity_pool" "sealward" {
  project                   = var.project_id
  workload_identity_pool_id = "@name@"
  depends_on                = [google_project_service.identity]
}

resource "google_iam_workload_identity_pool_provider" "sealward" {
  project                            = var.project_id
  workload_identity_pool_id          = google_iam_workload_identity_pool.sealward.workload_identity_pool_id
  workload_identity_pool_provider_id = "@name@"
  attribute_mapping                  = { "google.subject" = "assertion.sub" }
  attribute_condition                = "assertion.sub == '@gcp_subject@'"

  oidc {
    issuer_uri        = "@gcp_issuer@"
    allowed_audiences = ["@owner_id@"]
  }
}

resource "google_kms_key_ring" "sealward" {
  project    = local.kms_project_id
  name       = "@name@"
  location   = var.location
  depends_on = [google_project_service.key]
}

resource "google_kms_crypto_key" "kek" {
  name            = "kek"
  key_ring        = google_kms_key_ring.sealward.id
  purpose         = "ENCRYPT_DECRYPT"
  rotation_period = "7776000s"

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_project_iam_custom_role" "key_user" {
  project    = local.kms_project_id
  role_id    = "sealwardKeyUser_@tag@"
  title      = "Sealward key user"
  depends_on = [google_project_service.key]
  permissions = [
    "cloudkms.cryptoKeyVersions.useToEncrypt",
    "cloudkms.cryptoKeyVersions.useToDecrypt",
  ]
}

resource "google_kms_crypto_key_iam_member" "sealward" {
  crypto_key_id = google_kms_crypto_key.kek.id
  role          = google_project_iam_custom_role.key_user.id
  member        = "principal://iam.googleapis.com/${google_iam_workload_identity_pool.sealward.name}/subject/@gcp_subject@"
}

output "registration" {
  description = "Body for POST /v1/organization/external_keys."
  value = jsonencode({
    type                             = "gcp"
    name                             = "Cloud KMS"
    workload_identity_project_number = data.google_project.this.number
    workload_identity_pool_id        = google_iam_workload_identity_pool.sealward.workload_identity_pool_id
    workload_identity_provider_id    = google_iam_workload_identity_pool_provider.sealward.workload_identity_pool_provider_id
    audience                         = "@owner_id@"
    kms_project_id                   = local.kms_project_id
    kms_key_ring_name                = google_kms_key_ring.sealward.name
    kms_key_name                     = google_kms_crypto_key.kek.name
    kms_key_location                 = var.location
  })
}
