package io.sealward.gateway.sigv4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.s3.UriEncoding;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%",
                "/%2",
                "/a%",
                "/%zz",
                "/%-1",
                "/%ff",
                "/%c0%af",
                "/%ed%a0%80",
                "/?a=%",
                "/?%=a",
                "/?a=%fe",
                "/\u0141"
            })
    void invalidEscapesAndTextThatIsNotUtf8(String raw) {
        assertThatThrownBy(() -> RequestTarget.parse(raw))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.INVALID_URI));
    }

    @Test
    void plusIsASpaceInTheQueryAndItselfInThePath() {
        RequestTarget target = RequestTarget.parse("/a+b?prefix=a+b&c=%2B");
        assertThat(target.path()).isEqualTo("/a+b");
        assertThat(target.parameter("prefix")).contains("a b");
        assertThat(target.canonicalPath()).isEqualTo("/a%2Bb");
        assertThat(target.canonicalQuery(name -> true)).isEqualTo("c=%2B&prefix=a%20b");
    }

    @Test
    void sortsByEncodedNameThenValue() {
        assertThat(RequestTarget.parse("/?b&a-b=1&a=2&a=10&A=&%61=1").canonicalQuery(name -> true))
                .isEqualTo("A=&a=1&a=10&a=2&a-b=1&b=");
    }

    @Test
    void neverNormalizes() {
        assertThat(RequestTarget.parse("//a/./../b//?x").path()).isEqualTo("//a/./../b//");
        assertThat(RequestTarget.parse("http://host").path()).isEqualTo("/");
        assertThat(RequestTarget.parse("http://host?acl").hasParameter("acl")).isTrue();
    }

    @Property
    void decodesWhatItEncodes(@ForAll @StringLength(max = 40) String key) {
        String text = new String(key.getBytes(UTF_8), UTF_8);
        assertThat(UriEncoding.decodePath(UriEncoding.encodePath(text))).isEqualTo(text);
        assertThat(UriEncoding.decodeQuery(UriEncoding.encodeQuery(text))).isEqualTo(text);
    }

    @Property
    void anyBytesAreRefusedOrHaveOneCanonicalForm(@ForAll byte[] bytes) {
        String raw = "/" + new String(bytes, ISO_8859_1);
        try {
            RequestTarget target = RequestTarget.parse(raw);
            assertThat(RequestTarget.parse(target.canonicalPath() + '?' + target.canonicalQuery(name -> true))
                            .path())
                    .isEqualTo(target.path());
        } catch (S3Exception e) {
            assertThat(e.error()).isEqualTo(S3Error.INVALID_URI);
        }
    }
}
