package io.sealward.it.chaos.schedule;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.sigv4.PayloadPolicy;
import io.sealward.gateway.sigv4.RequestSigner;
import io.sealward.it.chaos.history.Action;
import io.sealward.it.chaos.history.Operation;
import io.sealward.it.chaos.history.Operation.Outcome;
import io.sealward.it.store.S3Target;
import io.sealward.it.store.SdkClients;
import java.io.IOException;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** One client without retries, which writes down what it asked and what it was told. */
final class Client implements AutoCloseable {
    private static final Duration CALL = Duration.ofSeconds(60);
    private static final int PRECONDITION_FAILED = 412;
    private static final int NOT_FOUND = 404;

    private final S3Target target;
    private final S3Client s3;
    private final Queue<Operation> history;

    Client(S3Target target, Queue<Operation> history) {
        this.target = target;
        this.history = history;
        this.s3 = SdkClients.builder(target)
                .overrideConfiguration(
                        o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()).apiCallTimeout(CALL))
                .build();
    }

    /** The ETag, if it was acknowledged. */
    Optional<String> write(String key, String name) {
        RequestBody body = RequestBody.fromBytes(Contents.of(name));
        return asked(key, new Action.Write(name), () -> s3.putObject(
                        r -> r.bucket(World.BUCKET).key(key), body)
                .eTag());
    }

    Optional<String> create(String key, String name) {
        RequestBody body = RequestBody.fromBytes(Contents.of(name));
        return asked(key, new Action.WriteIf(name, Optional.empty()), () -> s3.putObject(
                        r -> r.bucket(World.BUCKET).key(key).ifNoneMatch("*"), body)
                .eTag());
    }

    /** @param etag of the content that is expected */
    Optional<String> replace(String key, String name, String expected, String etag) {
        RequestBody body = RequestBody.fromBytes(Contents.of(name));
        return asked(key, new Action.WriteIf(name, Optional.of(expected)), () -> s3.putObject(
                        r -> r.bucket(World.BUCKET).key(key).ifMatch(etag), body)
                .eTag());
    }

    void delete(String key) {
        asked(key, new Action.Delete(), () -> s3.deleteObject(
                        r -> r.bucket(World.BUCKET).key(key))
                .toString());
    }

    /** An upload in one part. */
    void upload(String key, String name) {
        RequestBody body = RequestBody.fromBytes(Contents.of(name));
        asked(key, new Action.Write(name), () -> {
            String id = s3.createMultipartUpload(r -> r.bucket(World.BUCKET).key(key))
                    .uploadId();
            String etag = s3.uploadPart(
                            r -> r.bucket(World.BUCKET).key(key).uploadId(id).partNumber(1), body)
                    .eTag();
            return s3.completeMultipartUpload(r -> r.bucket(World.BUCKET)
                            .key(key)
                            .uploadId(id)
                            .multipartUpload(m -> m.parts(CompletedPart.builder()
                                    .partNumber(1)
                                    .eTag(etag)
                                    .build())))
                    .eTag();
        });
    }

    /** Copies what is known to have this content. */
    void copy(String from, String name, String key) {
        asked(key, new Action.Write(name), () -> s3.copyObject(r -> r.sourceBucket(World.BUCKET)
                        .sourceKey(from)
                        .destinationBucket(World.BUCKET)
                        .destinationKey(key))
                .copyObjectResult()
                .eTag());
    }

    /** Whether it was answered with content, or with its absence. */
    boolean read(String key) {
        long invoked = System.nanoTime();
        Optional<String> found;
        try {
            found = Optional.of(Contents.nameOf(
                    s3.getObjectAsBytes(r -> r.bucket(World.BUCKET).key(key)).asByteArray()));
        } catch (SdkServiceException refused) {
            if (refused.statusCode() != NOT_FOUND) {
                return false;
            }
            found = Optional.empty();
        } catch (SdkException broken) {
            return false;
        }
        history.add(new Operation(key, new Action.Read(found), Outcome.DONE, invoked, System.nanoTime()));
        return true;
    }

    /**
     * A PUT that lacks its end, and then a reset: nothing of it may ever be seen, so it is no operation of the history.
     *
     * @param sent bytes of the content, fewer than it has
     */
    void breakOff(String key, String name, int sent) {
        raw(key, Contents.of(name), Clock.systemUTC(), sent);
    }

    /** A whole PUT that is signed a day ahead: refused, so it is no operation either. */
    void writeTomorrow(String key, String name) {
        byte[] content = Contents.of(name);
        raw(key, content, Clock.offset(Clock.systemUTC(), Duration.ofDays(1)), content.length);
    }

    private void raw(String key, byte[] body, Clock clock, int sent) {
        HttpHeaders headers = new DefaultHttpHeaders();
        headers.set("host", target.endpoint().getAuthority());
        String path = "/" + World.BUCKET + "/" + key;
        new RequestSigner(target.accessKey(), target.secretKey(), S3Target.REGION, clock)
                .sign(HttpMethod.PUT, path, "", headers, PayloadPolicy.UNSIGNED_PAYLOAD);
        StringBuilder head = new StringBuilder("PUT " + path + " HTTP/1.1\r\ncontent-length: " + body.length + "\r\n");
        headers.forEach(header -> head.append(header.getKey())
                .append(": ")
                .append(header.getValue())
                .append("\r\n"));
        try (Socket socket =
                new Socket(target.endpoint().getHost(), target.endpoint().getPort())) {
            socket.setSoTimeout((int) CALL.toMillis());
            socket.getOutputStream().write(head.append("\r\n").toString().getBytes(ISO_8859_1));
            socket.getOutputStream().write(body, 0, sent);
            if (sent == body.length) {
                socket.getInputStream().read();
            }
            socket.setSoLinger(true, 0);
        } catch (IOException refused) {
            // as it should be
        }
    }

    private Optional<String> asked(String key, Action action, Supplier<String> call) {
        long invoked = System.nanoTime();
        Outcome outcome = Outcome.UNKNOWN;
        Optional<String> etag = Optional.empty();
        try {
            etag = Optional.of(call.get());
            outcome = Outcome.DONE;
        } catch (SdkServiceException refused) {
            if (refused.statusCode() == PRECONDITION_FAILED) {
                outcome = Outcome.CONDITION_FAILED;
            }
        } catch (SdkException broken) {
            // nobody knows
        }
        history.add(new Operation(key, action, outcome, invoked, System.nanoTime()));
        return etag;
    }

    @Override
    public void close() {
        s3.close();
    }
}
