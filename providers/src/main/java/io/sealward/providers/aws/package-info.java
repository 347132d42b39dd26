/**
 * KEKs in AWS KMS, reached through a role in the tenant's account that the gateway assumes with the tenant's ExternalId.
 */
package io.sealward.providers.aws;
