package io.sealward.it.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Holds the conditions of writes when they take effect, as S3 does: S3Proxy looks at {@code If-Match} when a request begins. Writes
 * to one key take turns for that moment, and not while their content arrives. Of deletions it holds none.
 */
final class AtomicConditions extends ForwardingBlobStore {
    private static final int LOCKS = 64;

    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

    AtomicConditions(BlobStore blobs) {
        super(blobs);
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
        ReentrantLock turn = turn(request.bucket(), request.key());
        InputStream ending = new Ending(content, () -> {
            turn.lock();
            require(request.bucket(), request.key(), request.ifMatch(), request.ifNoneMatch());
        });
        try {
            return super.putBlob(request, ending);
        } finally {
            if (turn.isHeldByCurrentThread()) {
                turn.unlock();
            }
        }
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        return inTurn(upload.containerName(), upload.blobName(), () -> {
            require(upload.containerName(), upload.blobName(), request.ifMatch(), request.ifNoneMatch());
            return super.completeMultipartUpload(upload, request);
        });
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        return inTurn(request.destinationBucket(), request.destinationKey(), () -> super.copyBlob(request));
    }

    @Override
    public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
        return inTurn(request.bucket(), request.key(), () -> super.removeBlob(request));
    }

    private <T> T inTurn(String bucket, String key, Supplier<T> write) {
        ReentrantLock turn = turn(bucket, key);
        turn.lock();
        try {
            return write.get();
        } finally {
            turn.unlock();
        }
    }

    private ReentrantLock turn(String bucket, String key) {
        return locks.get(Math.floorMod((bucket + '/' + key).hashCode(), LOCKS));
    }

    /** The conditions are null where there are none. */
    private void require(String bucket, String key, String ifMatch, String ifNoneMatch) {
        if (ifMatch == null && ifNoneMatch == null) {
            return;
        }
        Optional<String> etag = Optional.ofNullable(delegate().blobMetadataIfPresent(bucket, key))
                .map(HeadObjectResponse::eTag)
                .map(AtomicConditions::bare);
        boolean holds =
                (ifMatch == null || etag.equals(Optional.of(bare(ifMatch)))) && (ifNoneMatch == null || etag.isEmpty());
        if (!holds) {
            throw S3Exceptions.fromStatusCode(412);
        }
    }

    private static String bare(String etag) {
        return etag.replace("\"", "");
    }

    /** Runs something when all content has arrived, before its reader knows. */
    private static final class Ending extends FilterInputStream {
        private final Runnable atEnd;
        private boolean ended;

        Ending(InputStream content, Runnable atEnd) {
            super(content);
            this.atEnd = atEnd;
        }

        @Override
        public int read() throws IOException {
            return read(super.read());
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return read(super.read(bytes, offset, length));
        }

        private int read(int result) {
            if (result < 0 && !ended) {
                ended = true;
                atEnd.run();
            }
            return result;
        }
    }
}
