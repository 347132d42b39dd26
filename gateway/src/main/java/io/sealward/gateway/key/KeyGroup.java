package io.sealward.gateway.key;

/**
 * What a KMS may deny apart from the rest: a version that is disabled, a project that a policy names. Samples, streams
 * and unwrapped secrets are kept, tried and dropped by it.
 */
record KeyGroup(String externalKeyId, String keyVersion, String projectId) {}
