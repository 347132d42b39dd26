package io.sealward.gateway.xml;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlParserTest {
    private static XmlElement parse(String document) throws XmlException {
        return XmlParser.parse(document.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "text",
                "<a>",
                "<a></b>",
                "<a/><b/>x<",
                "<a>&#1;</a>",
                "<a>&unknown;</a>",
                "<!DOCTYPE a><a/>",
                "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>",
                "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"
            })
    void whatIsNoPlainDocumentIsRefused(String document) {
        assertThatThrownBy(() -> parse(document)).isInstanceOf(XmlException.class);
    }

    @Test
    void laughsDoNotMultiply() {
        StringBuilder bomb = new StringBuilder("<!DOCTYPE a [<!ENTITY l0 \"lol\">");
        for (int i = 1; i < 20; i++) {
            bomb.append("<!ENTITY l" + i + " \"" + ("&l" + (i - 1) + ";").repeat(10) + "\">");
        }
        assertThatThrownBy(() -> parse(bomb + "]><a>&l19;</a>")).isInstanceOf(XmlException.class);
    }

    @Test
    void depthAndNumberOfElementsAreBounded() throws Exception {
        assertThat(parse("<a>".repeat(16) + "</a>".repeat(16)).name()).isEqualTo("a");
        assertThatThrownBy(() -> parse("<a>".repeat(17) + "</a>".repeat(17))).isInstanceOf(XmlException.class);
        assertThatThrownBy(() -> parse("<a>".repeat(1_000_000))).isInstanceOf(XmlException.class);
        assertThatThrownBy(() -> parse("<a>" + "<b/>".repeat(200_001) + "</a>")).isInstanceOf(XmlException.class);
    }

    @Test
    void textSurvivesEscapesNamespacesAndCdata() throws Exception {
        XmlElement root =
                parse("<?xml version=\"1.0\"?><r xmlns=\"http://x\" xmlns:y=\"http://y\"><!-- c --><y:Key a=\"b\">"
                        + " a&amp;b&lt;<![CDATA[<c>]]>&#13;ü </y:Key><Empty/></r>");
        assertThat(root.value("Key")).contains(" a&b<<c>\rü ");
        assertThat(root.value("Empty")).contains("");
        assertThat(parse(root.toDocument())).isEqualTo(root);
    }

    @Test
    void anotherEncodingThanS3sIsRefused() {
        assertThatThrownBy(
                        () -> XmlParser.parse("<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>ü</a>".getBytes(UTF_16)))
                .isInstanceOf(XmlException.class);
        assertThatThrownBy(() -> parse("<?xml version=\"1.0\" encoding=\"ISO-8859-2\"?><a>ü</a>"))
                .isInstanceOf(XmlException.class);
    }

    @Test
    void aByteOrderMarkOfUtf8IsPassedOver() throws Exception {
        assertThat(parse("\uFEFF<?xml version=\"1.0\"?><a>ü</a>").text()).isEqualTo("ü");
    }
}
