package io.sealward.gateway.tenant;

/** How many objects share one secret wrapped by the KEK. Each object has a DEK of its own in either mode. */
public enum KeyMode {
    /** A fresh secret for each object: one KMS call per PUT, at most one per GET. */
    PER_OBJECT,
    /** One secret per bucket and time window: KMS calls stop growing with objects. */
    BUCKET_KEY
}
