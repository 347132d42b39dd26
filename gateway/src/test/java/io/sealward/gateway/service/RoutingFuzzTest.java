package io.sealward.gateway.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.request.Addressing;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.s3.UriEncoding;
import io.sealward.gateway.sigv4.HoistedHeaders;
import io.sealward.gateway.sigv4.RequestTarget;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What a request names is what an operation works on, and what it would name again. */
class RoutingFuzzTest {
    private static final Addressing ADDRESSING = new Addressing(List.of("s3.example.com"));
    private static final Routes ROUTES =
            new Routes(OperationTableTest.operations().toList());

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "GET\n/bucket/a/key?versionId=1\ns3.example.com",
                        "PUT\n/key%20with+all?partNumber=1&uploadId=x\nbucket.s3.example.com:8080",
                        "GET\n/bucket?list-type=2&prefix=%C3%BC&delimiter=%2F\nlocalhost",
                        "POST\n/bucket?delete&x-id=DeleteObjects\nlocalhost",
                        "GET\n/bucket/..%2f..%2fother\nlocalhost",
                        "GET\n/bucket/a/../../x\nlocalhost",
                        "PUT\n/b%75cket/k?X-Amz-Signature=0&x-amz-meta-a=%E2%82%AC&x-amz-acl=private\nlocalhost",
                        "GET\nhttp://s3.example.com/bucket?acl&policy\n.s3.example.com",
                        "DELETE\n//k\nlocalhost",
                        "HEAD\n/\nbucket..s3.example.com")
                .map(text -> text.getBytes(ISO_8859_1));
    }

    @MethodSource("seeds")
    @FuzzTest
    void aRequestNamesOnePlace(byte[] input) {
        String[] words = new String(input, ISO_8859_1).split("\n", 3);
        if (words.length < 3 || words[0].isEmpty()) {
            return;
        }
        try {
            RequestTarget target = RequestTarget.parse(words[1]);
            assertThat(RequestTarget.parse(encoded(target))).isEqualTo(target);
            Place place = ADDRESSING.find(words[2], target.path());
            if (!place.bucket().isEmpty()) {
                assertThat(ADDRESSING.find("", "/" + place.bucket() + "/" + place.key()))
                        .isEqualTo(place);
            }
            HttpHeaders headers = HoistedHeaders.restore(target, new DefaultHttpHeaders());
            Operation operation = ROUTES.find(HttpMethod.valueOf(word(words[0])), place.level(), target, headers);
            assertThat(operation.declaration().route().level()).isEqualTo(place.level());
            operation.declaration().accepts().headers().check(headers);
        } catch (S3Exception refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private static String word(String text) {
        return text.chars().allMatch(c -> c >= 'A' && c <= 'Z') ? text : "GET";
    }

    private static String encoded(RequestTarget target) {
        StringBuilder text = new StringBuilder(UriEncoding.encodePath(target.path()));
        String separator = "?";
        for (RequestTarget.Parameter parameter : target.parameters()) {
            text.append(separator)
                    .append(UriEncoding.encodeQuery(parameter.name()))
                    .append('=')
                    .append(UriEncoding.encodeQuery(parameter.value()));
            separator = "&";
        }
        return text.toString();
    }
}
