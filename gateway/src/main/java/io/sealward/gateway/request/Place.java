package io.sealward.gateway.request;

/**
 * What a request is about.
 *
 * @param bucket empty for the service
 * @param key empty for a bucket
 */
public record Place(String bucket, String key) {
    /** The three levels of S3. */
    public enum Level {
        SERVICE,
        BUCKET,
        OBJECT
    }

    public Level level() {
        if (bucket.isEmpty()) {
            return Level.SERVICE;
        }
        return key.isEmpty() ? Level.BUCKET : Level.OBJECT;
    }
}
