package io.sealward.it.chaos.withdrawal;

import io.sealward.it.store.S3Target;

/** A tenant at the gateway, and the bucket that its clients work in. */
public record Side(S3Target target, String bucket) {}
