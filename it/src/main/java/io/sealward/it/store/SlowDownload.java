package io.sealward.it.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** A GET whose client reads a little and then rests, so that the gateway cannot get rid of the object. */
public final class SlowDownload implements AutoCloseable {
    private final InputStream body;

    public SlowDownload(S3Target target, String bucket, String key) throws IOException, InterruptedException {
        try (S3Presigner presigner = SdkClients.presigner(target)) {
            URI uri = URI.create(presigner
                    .presignGetObject(r -> r.signatureDuration(Duration.ofMinutes(5))
                            .getObjectRequest(g -> g.bucket(bucket).key(key)))
                    .url()
                    .toString());
            HttpResponse<InputStream> response = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new IOException("answered " + response.statusCode());
            }
            body = response.body();
            body.readNBytes(1);
        }
    }

    /** Reads on: whether the response ended as it announced. */
    public boolean completes() {
        try {
            body.transferTo(java.io.OutputStream.nullOutputStream());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
