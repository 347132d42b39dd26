package io.sealward.gateway.cors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.sealward.gateway.xml.XmlException;
import io.sealward.gateway.xml.XmlParser;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the store has kept as a bucket's rules, a page is told of its own origin or of none. */
class CorsRulesFuzzTest {
    private static final CorsRules.Wish WISH =
            new CorsRules.Wish("https://page.example", "PUT", List.of("content-type", "x-amz-meta-a"));

    static Stream<byte[]> configurations() {
        return Stream.of(
                        "<CORSConfiguration><CORSRule><AllowedOrigin>https://*.example</AllowedOrigin>"
                                + "<AllowedMethod>PUT</AllowedMethod><AllowedHeader>*</AllowedHeader>"
                                + "<ExposeHeader>ETag</ExposeHeader><MaxAgeSeconds>3000</MaxAgeSeconds></CORSRule>"
                                + "</CORSConfiguration>",
                        "<C><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>PUT</AllowedMethod>"
                                + "<AllowedHeader>x-*</AllowedHeader><AllowedHeader>content-type</AllowedHeader></CORSRule></C>",
                        "<C><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>PUT</AllowedMethod><AllowedHeader>*"
                                + "</AllowedHeader><ExposeHeader>a&#10;b&#13;c</ExposeHeader></CORSRule></C>")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("configurations")
    @FuzzTest
    void aPageIsToldOfItsOwnOrigin(byte[] document) {
        try {
            CorsRules.of(XmlParser.parse(document)).allow(WISH).ifPresent(headers -> assertThat(
                            headers.get(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN))
                    .isIn("*", WISH.origin()));
        } catch (XmlException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}
