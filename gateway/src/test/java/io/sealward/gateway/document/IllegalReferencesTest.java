package io.sealward.gateway.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sealward.gateway.xml.XmlException;
import io.sealward.gateway.xml.XmlParser;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IllegalReferencesTest {
    /** The same, wherever pieces end. */
    private static String replaced(String document) {
        byte[] bytes = document.getBytes(UTF_8);
        String whole = replaced(bytes, bytes.length);
        for (int piece = 1; piece < bytes.length; piece++) {
            assertThat(replaced(bytes, piece)).as("pieces of %s", piece).isEqualTo(whole);
        }
        return whole;
    }

    private static String replaced(byte[] document, int piece) {
        IllegalReferences references = new IllegalReferences();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        for (int at = 0; at < document.length; at += piece) {
            read.writeBytes(ByteBufUtil.getBytes(references.replacedIn(
                    Unpooled.wrappedBuffer(document, at, Math.min(piece, document.length - at)))));
        }
        read.writeBytes(ByteBufUtil.getBytes(references.rest()));
        return read.toString(UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"&#x01;", "&#1;", "&#x1F;", "&#0;", "&#x0b;", "&#31;", "&#xFFFE;", "&#65535;", "&#x0000001f;"})
    void whatXmlDoesNotHaveIsReplaced(String reference) throws XmlException {
        String read = replaced("<a>\u00fc" + reference + "&amp;" + reference + "</a>");
        assertThat(read).isEqualTo("<a>\u00fc\ufffd&amp;\ufffd</a>");
        assertThat(XmlParser.parse(read.getBytes(UTF_8)).text()).isEqualTo("\u00fc\ufffd&\ufffd");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&#x9;",
                "&#10;",
                "&#xd;",
                "&#32;",
                "&#x20ac;",
                "&#34;&quot;",
                "&#x1",
                "&",
                "&#",
                "&;#1;",
                "&amp;#1;",
                "&#xFFFD;"
            })
    void whatElseThereIsStays(String text) {
        assertThat(replaced("<a>" + text + "</a>")).isEqualTo("<a>" + text + "</a>");
        assertThat(replaced(text)).isEqualTo(text);
    }
}
