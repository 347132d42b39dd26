package io.sealward.gateway.bucket;

/** Uploads have two ids: the store lists them under its own, and clients go on with them under the gateway's. */
public interface UploadIds {
    /** Where there are no others. */
    UploadIds OF_THE_STORE = new UploadIds() {
        @Override
        public String toClient(String bucket, String storeUploadId) {
            return storeUploadId;
        }

        @Override
        public String toStore(String uploadId) {
            return uploadId;
        }
    };

    /** The id that clients know; the store's own where nobody here knows another. */
    String toClient(String bucket, String storeUploadId);

    /** The store's id, from either form. */
    String toStore(String uploadId);
}
