#!/bin/sh
# Creates a Cloud KMS key and the workload identity through which Sealward may encrypt and decrypt with it for @owner_id@,
# and nothing else. Needs gcloud, signed in as an owner of both projects, which may be the same one.
# It may be run again: what is there already stays as it is, with whatever you have added to it.
#
# To revoke: remove the IAM binding made last. That takes seconds; disabling the key usually takes a minute, at times hours.
set -eu
# What the tools say is for the reader; the only output is the body of the registration.
exec 3>&1 1>&2

: "${PROJECT_ID:?set PROJECT_ID to the project of the workload identity pool}"
: "${LOCATION:?set LOCATION to the location of the key, such as us-east1}"
KMS_PROJECT_ID="${KMS_PROJECT_ID:-$PROJECT_ID}"
POOL_ID="${POOL_ID:-@name@}"
PROVIDER_ID="${PROVIDER_ID:-@name@}"
KEY_RING="${KEY_RING:-@name@}"
KEY="${KEY:-kek}"
ROLE_ID=sealwardKeyUser_@tag@

gcloud services enable cloudresourcemanager.googleapis.com iam.googleapis.com sts.googleapis.com --project="$PROJECT_ID"
gcloud services enable cloudkms.googleapis.com iam.googleapis.com --project="$KMS_PROJECT_ID"
PROJECT_NUMBER=$(gcloud projects describe "$PROJECT_ID" --format='value(projectNumber)')

gcloud iam workload-identity-pools describe "$POOL_ID" --location=global --project="$PROJECT_ID" >/dev/null 2>&1 ||
  gcloud iam workload-identity-pools create "$POOL_ID" --location=global --project="$PROJECT_ID"
gcloud iam workload-identity-pools providers describe "$PROVIDER_ID" --location=global --project="$PROJECT_ID" \
  --workload-identity-pool="$POOL_ID" >/dev/null 2>&1 ||
  gcloud iam workload-identity-pools providers create-oidc "$PROVIDER_ID" --location=global --project="$PROJECT_ID" \
    --workload-identity-pool="$POOL_ID" --issuer-uri='@gcp_issuer@' --allowed-audiences='@owner_id@' \
    --attribute-mapping='google.subject=assertion.sub' --attribute-condition="assertion.sub == '@gcp_subject@'"

gcloud kms keyrings describe "$KEY_RING" --location="$LOCATION" --project="$KMS_PROJECT_ID" >/dev/null 2>&1 ||
  gcloud kms keyrings create "$KEY_RING" --location="$LOCATION" --project="$KMS_PROJECT_ID"
gcloud kms keys describe "$KEY" --keyring="$KEY_RING" --location="$LOCATION" --project="$KMS_PROJECT_ID" >/dev/null 2>&1 ||
  gcloud kms keys create "$KEY" --keyring="$KEY_RING" --location="$LOCATION" --project="$KMS_PROJECT_ID" \
    --purpose=encryption --rotation-period=90d --next-rotation-time=+p90d

gcloud iam roles describe "$ROLE_ID" --project="$KMS_PROJECT_ID" >/dev/null 2>&1 ||
  gcloud iam roles create "$ROLE_ID" --project="$KMS_PROJECT_ID" --title='Sealward key user' --stage=GA \
    --permissions=cloudkms.cryptoKeyVersions.useToEncrypt,cloudkms.cryptoKeyVersions.useToDecrypt
# Adding a binding that is there already changes nothing.
gcloud kms keys add-iam-policy-binding "$KEY" --keyring="$KEY_RING" --location="$LOCATION" --project="$KMS_PROJECT_ID" \
  --role="projects/$KMS_PROJECT_ID/roles/$ROLE_ID" --condition=None \
  --member="principal://iam.googleapis.com/projects/$PROJECT_NUMBER/locations/global/workloadIdentityPools/$POOL_ID/subject/@gcp_subject@"

echo "Register the key: POST /v1/organization/external_keys with"
cat >&3 <<JSON
{"type": "gcp", "name": "Cloud KMS", "workload_identity_project_number": "$PROJECT_NUMBER",
 "workload_identity_pool_id": "$POOL_ID", "workload_identity_provider_id": "$PROVIDER_ID", "audience": "@owner_id@",
 "kms_project_id": "$KMS_PROJECT_ID", "kms_key_ring_name": "$KEY_RING", "kms_key_name": "$KEY", "kms_key_location": "$LOCATION"}
JSON
