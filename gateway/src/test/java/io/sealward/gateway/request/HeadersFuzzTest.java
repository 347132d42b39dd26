package io.sealward.gateway.request;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.s3.ByteRange;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.s3.UriEncoding;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What single headers say: sources of copies, ranges, ETags and conditions, and the metadata of a stored object. */
class HeadersFuzzTest {
    static Stream<byte[]> values() {
        return Stream.of(
                        "/bucket/key%20a?versionId=v1",
                        "bucket/a+b/c?versionId=",
                        "arn:aws:s3:us-east-1:1:accesspoint/x/object/k",
                        "/bucket/../k",
                        "bytes=0-9",
                        "bytes=-5",
                        "bytes=99999999999999999999-",
                        "bytes=5-2",
                        "\"0123456789abcdef0123456789abcdef-0\", W/\"x\", *",
                        "0123456789ABCDEF0123456789abcdef",
                        "Sat, 28 Nov 2026 07:00:00 GMT",
                        "\u00fc\u00ff")
                .map(text -> text.getBytes(ISO_8859_1));
    }

    @MethodSource("values")
    @FuzzTest
    void aCopySourceNamesOneObject(byte[] value) {
        try {
            CopySource source = CopySource.parse(new String(value, ISO_8859_1));
            assertThat(source.place().level()).isEqualTo(Place.Level.OBJECT);
            assertThat(CopySource.parse(source.toStore())).isEqualTo(source);
        } catch (S3Exception refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    @MethodSource("values")
    @FuzzTest
    void aRangeIsWithinItsObject(byte[] value) {
        Optional<ByteRange> range = ByteRange.parse(new String(value, ISO_8859_1));
        for (long total : new long[] {0, 1, 100, 1L << 42}) {
            try {
                range.map(asked -> asked.resolve(total)).ifPresent(resolved -> {
                    assertThat(resolved.first()).isBetween(0L, resolved.last());
                    assertThat(resolved.last()).isLessThan(total);
                    assertThat(resolved.length()).isPositive();
                });
            } catch (S3Exception refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }

    /** The client's conditions hold of the ETag that it was told, and never of another object's. */
    @MethodSource("values")
    @FuzzTest
    void anETagComesBackAsItWas(byte[] value) {
        String text = new String(value, ISO_8859_1);
        String tag = '"' + text.replaceAll("[\",\\s\\x00-\\x20\\x7f-\\xff]", "").replaceAll("-0$", "") + '"';
        assertThat(ETags.toStore(ETags.toClient(tag))).isEqualTo(tag);
        HttpHeaders told = new DefaultHttpHeaders().set("if-match", ETags.toClient(tag));
        assertThat(Conditions.unchanged(told, tag)).isFalse();
        HttpHeaders any = DefaultHttpHeadersFactory.headersFactory()
                .withValidation(false)
                .newHeaders()
                .set("if-none-match", text);
        if (!text.contains("*") && !text.contains(ETags.unquoted(tag)) && !tag.equals("\"\"")) {
            assertThat(Conditions.unchanged(any, tag)).isFalse();
        }
    }

    /** A client is told what a store has kept: as ASCII, and of the seal nothing. */
    @MethodSource("values")
    @FuzzTest
    void metadataIsToldWithoutTheSeal(byte[] value) {
        String text = new String(value, ISO_8859_1);
        HttpHeaders stored = new DefaultHttpHeaders();
        try {
            stored.add("x-amz-meta-own", text)
                    .add("X-Amz-Meta-Sealward-Kek", text)
                    .add("x-amz-checksum-crc32", text)
                    .add("x-amz-meta-" + text, "v");
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("header"); // such as no decoder lets through
        }
        if (stored.size() < 3) {
            return;
        }
        HttpHeaders shown = MetadataHeaders.toClient(stored);
        for (Map.Entry<String, String> header : shown) {
            assertThat(header.getKey().toLowerCase(Locale.ROOT))
                    .doesNotStartWith("x-amz-meta-sealward-")
                    .isNotEqualTo("x-amz-checksum-crc32");
        }
        assertThat(shown.get("x-amz-meta-own").chars().allMatch(c -> c < 0x80)).isTrue();
        assertThat(MetadataHeaders.sealEntries(stored)).isNotEmpty();
        assertThat(UriEncoding.decodeQuery(UriEncoding.encodeQuery(text))).isEqualTo(text);
    }
}
