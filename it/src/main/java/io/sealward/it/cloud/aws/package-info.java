/**
 * An AWS of one process that enforces: STS and KMS over HTTP, as far as a KEK needs them. What it answers is taken from
 * the STS and KMS API references and from answers of the real services; it can be told to fail in every way they do.
 */
package io.sealward.it.cloud.aws;
