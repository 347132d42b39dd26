package io.sealward.gateway.xml;

/** Text for XML 1.0 documents. */
public final class XmlText {
    private XmlText() {}

    /**
     * Escapes text content. A control character, which XML 1.0 cannot hold, becomes a numeric reference as in S3's own
     * listings: a strict parser fails on it rather than take it for another name.
     */
    public static String escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!stays(text.charAt(i))) {
                return escaped(text);
            }
        }
        return text;
    }

    private static boolean stays(char c) {
        return c != '&' && c != '<' && c != '>' && c != '"' && (c >= ' ' || c == '\t' || c == '\n') && c < 0xFFFE;
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> {
                    if (stays(c)) {
                        out.append(c);
                    } else {
                        out.append("&#x").append(Integer.toHexString(c)).append(';');
                    }
                }
            }
        }
        return out.toString();
    }
}
