package io.sealward.gateway.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ETagsTest {
    private static final String HEX = "d41d8cd98f00b204e9800998ecf8427e";

    @Test
    void anETagLikeAnMd5IsMarkedForTheClientAndUnmarkedForTheStore() {
        assertThat(ETags.toClient('"' + HEX + '"')).isEqualTo('"' + HEX + "-0\"");
        assertThat(ETags.toClient(HEX)).isEqualTo(HEX + "-0");
        assertThat(ETags.toStore('"' + HEX + "-0\"")).isEqualTo('"' + HEX + '"');
        assertThat(ETags.toStore(HEX + "-0")).isEqualTo(HEX);
    }

    @Test
    void listsAndWeakTagsLoseTheMarkToo() {
        assertThat(ETags.toStore("\"" + HEX + "-0\", W/\"" + HEX + "-0\",\"other\", *"))
                .isEqualTo("\"" + HEX + "\", W/\"" + HEX + "\",\"other\", *");
        assertThat(ETags.toStore(HEX + "-0," + HEX + "-0")).isEqualTo(HEX + "," + HEX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"d41d8cd98f00b204e9800998ecf8427e-3\"",
                "\"00000000d41d8cd98f00b204e9800998ecf8427e-0\"",
                "\"d41d8cd98f00b204e9800998ecf8427e-01\"",
                "\"d41d8cd98f00b204e9800998ecf8427\"",
                "*",
                "\"\"",
                ""
            })
    void otherETagsPassBothWaysAsTheyAre(String etag) {
        assertThat(ETags.toClient(etag)).isEqualTo(etag);
        assertThat(ETags.toStore(etag)).isEqualTo(etag);
    }

    @Test
    void quotesDoNotMakeAnotherETag() {
        assertThat(ETags.same('"' + HEX + '"', HEX)).isTrue();
        assertThat(ETags.same(HEX, HEX + "-0")).isFalse();
        assertThat(ETags.same("\"", "\"")).isTrue();
    }
}
