package io.sealward.gateway.object;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.StoreResponse;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** The head of a hostile store's answer is an object with a body inside it, or an error. */
class StoredObjectFuzzTest {
    static Stream<byte[]> answers() {
        return Stream.of(
                        "content-range:bytes 0-99/148\ncontent-length:100\netag:\"e\"",
                        "content-length:148",
                        "content-range:bytes */148",
                        "content-range:bytes 5-2/-1",
                        "content-range:bytes 0-9223372036854775807/9223372036854775807",
                        "content-length:-5",
                        "x-amz-meta-sealward-format:v1 single object\ncontent-length:1")
                .map(text -> text.getBytes(ISO_8859_1));
    }

    @MethodSource("answers")
    @FuzzTest
    void theBodyOfAnAnswerIsWithinItsObject(byte[] input) {
        HttpHeaders headers = unchecked();
        for (String line : new String(input, ISO_8859_1).split("\n")) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.add(line.substring(0, colon), line.substring(colon + 1));
            }
        }
        for (int status : new int[] {200, 206}) {
            try {
                StoredObject object = StoredObject.of(new StoreResponse(status, headers));
                assertThat(object.bodyStart()).isBetween(0L, object.bodyEnd());
                assertThat(object.bodyEnd()).isLessThanOrEqualTo(object.storedLength());
            } catch (S3Exception refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }

    /** As a decoder leaves them that lets everything through. */
    private static HttpHeaders unchecked() {
        return DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    }
}
