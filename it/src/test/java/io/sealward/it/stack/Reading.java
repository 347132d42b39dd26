package io.sealward.it.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.it.store.S3Target;
import io.sealward.it.store.SdkClients;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * One GET, watched byte by byte and without retries.
 *
 * @param status 0 if no response head arrived
 * @param body what arrived before the end or the break
 * @param complete whether the response ended as it announced
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record Reading(int status, byte[] body, boolean complete) {
    private static final Pattern CODE = Pattern.compile("<Code>(.+)</Code>");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    public static Reading of(S3Target target, String bucket, String key) {
        return send(HttpRequest.newBuilder(presigned(target, bucket, key)));
    }

    /** A ranged GET; {@code range} is as in the header, {@code bytes=0-1}. */
    public static Reading of(S3Target target, String bucket, String key, String range) {
        return send(HttpRequest.newBuilder(presigned(target, bucket, key)).header("Range", range));
    }

    private static Reading send(HttpRequest.Builder request) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int status = 0;
        try {
            HttpResponse<InputStream> response = HttpClient.newHttpClient()
                    .send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofInputStream());
            status = response.statusCode();
            try (InputStream in = response.body()) {
                in.transferTo(body);
            }
            return new Reading(status, body.toByteArray(), true);
        } catch (IOException e) {
            return new Reading(status, body.toByteArray(), false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static URI presigned(S3Target target, String bucket, String key) {
        try (S3Presigner presigner = SdkClients.presigner(target)) {
            return URI.create(presigner
                    .presignGetObject(r -> r.signatureDuration(Duration.ofMinutes(5))
                            .getObjectRequest(g -> g.bucket(bucket).key(key)))
                    .url()
                    .toString());
        }
    }

    /**
     * The read failed, with one of these codes or cut in a way the client cannot take for success, and released nothing
     * but true bytes.
     */
    public void assertRefused(byte[] plaintext, String... codes) {
        if (status >= 400) {
            Matcher code = CODE.matcher(new String(body, UTF_8));
            assertThat(code.find()).isTrue();
            assertThat(code.group(1)).isIn((Object[]) codes);
            return;
        }
        assertThat(complete).as("a success, of %s bytes", body.length).isFalse();
        assertThat(body.length).as("bytes before the break").isLessThan(plaintext.length);
        assertThat(body).isEqualTo(Arrays.copyOf(plaintext, body.length));
    }
}
