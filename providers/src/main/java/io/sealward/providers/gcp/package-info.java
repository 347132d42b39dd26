/** KEKs in Google Cloud KMS, reached through workload identity federation. */
package io.sealward.providers.gcp;
