package io.sealward.it.client;

import io.sealward.it.store.S3Target;

/** The Java clients that every server is tried with. */
enum ClientKind {
    SYNC,
    ASYNC,
    TRANSFER_MANAGER,
    MINIO;

    ObjectClient connect(S3Target target) {
        return switch (this) {
            case SYNC -> new SyncSdk(target);
            case ASYNC -> new AsyncSdk(target);
            case TRANSFER_MANAGER -> new TransferManagerSdk(target);
            case MINIO -> new MinioSdk(target);
        };
    }
}
