package io.sealward.gateway.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainXmlTest {
    private static int end(String document, int from) {
        byte[] bytes = document.getBytes(UTF_8);
        return PlainXml.end(bytes, from, bytes.length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a></a>",
                "<a>text, \"'/=?%;</a>",
                "<Contents><ETag>&quot;x&#34;</ETag><Size>1</Size></Contents>",
                "<a><b><c><d>deep</d></c></b></a>"
            })
    void aPlainElementEndsBehindItsTag(String element) {
        String document = "<root>" + element + "<a>";
        int from = "<root>".length();
        assertThat(end(document, from)).isEqualTo(from + element.length());
        for (int cut = 0; cut < element.length(); cut++) {
            assertThat(end(element.substring(0, cut), 0)).as("cut at %s", cut).isEqualTo(PlainXml.NONE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text",
                "</a>",
                "<a/>",
                "<a >x</a>",
                "<a b='c'>x</a>",
                "<a:b>x</a:b>",
                "<a1>x</a1>",
                "<>x</>",
                "<a>x</b>",
                "<a>x</ab>",
                "<ab>x</a>",
                "<a>x</a >",
                "<a>x<b>y</b></a>",
                "<a><b>y</b>x</a>",
                "<a>\n<b>y</b></a>",
                "<a>x\ty</a>",
                "<a>&amp;</a>",
                "<a>&quot</a>",
                "<a>]]></a>",
                "<a><![CDATA[x]]></a>",
                "<a><!-- x --></a>",
                "<a><?x?></a>",
                "<a>\u00fc</a>",
                "<a>\u007f</a>",
                "<\u00fc>x</\u00fc>",
                "<!-- <a>x</a> -->",
                "<a><b><c><d><e>too deep</e></d></c></b></a>"
            })
    void whatIsWrittenOtherwiseIsNone(String document) {
        assertThat(end(document, 0)).isEqualTo(PlainXml.NONE);
    }

    @Test
    void noByteBeyondTheBoundIsLookedAt() {
        byte[] bytes = "<a>x</a>".getBytes(UTF_8);
        assertThat(PlainXml.end(bytes, 0, bytes.length - 1)).isEqualTo(PlainXml.NONE);
    }
}
