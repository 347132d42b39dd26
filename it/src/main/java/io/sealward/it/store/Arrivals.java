package io.sealward.it.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** When the last byte of an object or a part arrived for each bucket, whether or not the upload was finished. Thread-safe. */
public final class Arrivals {
    private final Map<String, Long> last = new ConcurrentHashMap<>();

    /** By {@link System#nanoTime}; empty if nothing has arrived for the bucket. */
    public OptionalLong last(String bucket) {
        Long nanos = last.get(bucket);
        return nanos == null ? OptionalLong.empty() : OptionalLong.of(nanos);
    }

    BlobStore watching(BlobStore blobs) {
        return new Watched(blobs);
    }

    private final class Watched extends ForwardingBlobStore {
        Watched(BlobStore blobs) {
            super(blobs);
        }

        @Override
        public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
            return super.putBlob(request, new Content(content, request.bucket()));
        }

        @Override
        public UploadPartResponse uploadMultipartPart(
                MultipartUpload upload, UploadPartRequest request, InputStream content) {
            return super.uploadMultipartPart(upload, request, new Content(content, upload.containerName()));
        }
    }

    private final class Content extends FilterInputStream {
        private final String bucket;

        Content(InputStream in, String bucket) {
            super(in);
            this.bucket = bucket;
        }

        @Override
        public int read() throws IOException {
            return arrived(super.read());
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return arrived(super.read(bytes, offset, length));
        }

        private int arrived(int result) {
            if (result >= 0) {
                last.put(bucket, System.nanoTime());
            }
            return result;
        }
    }
}
