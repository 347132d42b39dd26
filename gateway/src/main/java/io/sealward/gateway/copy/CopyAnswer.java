package io.sealward.gateway.copy;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.crypto.key.KekReference;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.object.SourceObject;
import io.sealward.gateway.request.EncryptionHeaders;
import io.sealward.gateway.xml.XmlElement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * What a client is told of a copy that was made.
 *
 * @param etag as the client is to see it
 * @param lastModified in the form that S3's documents have
 * @param stored what the store said beside it
 */
record CopyAnswer(String etag, String lastModified, HttpHeaders stored) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final String VERSION = "x-amz-version-id";
    private static final String SOURCE_VERSION = "x-amz-copy-source-version-id";

    /** Of what was made just now. */
    static CopyAnswer now(String etag, HttpHeaders stored) {
        return new CopyAnswer(etag, TIME.format(Instant.now()), stored);
    }

    /** @param root {@code CopyObjectResult} or {@code CopyPartResult} */
    Response toResponse(String root, SourceObject source, KekReference kek) {
        XmlElement result = XmlElement.of(
                root, List.of(XmlElement.text("LastModified", lastModified), XmlElement.text("ETag", etag)));
        Response response = Response.xml(200, result.toDocument());
        String version = stored.get(VERSION);
        if (version != null) {
            response.headers().set(VERSION, version);
        }
        source.versionId().ifPresent(id -> response.headers().set(SOURCE_VERSION, id));
        EncryptionHeaders.add(response.headers(), kek);
        return response;
    }
}
