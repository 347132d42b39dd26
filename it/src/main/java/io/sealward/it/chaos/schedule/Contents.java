package io.sealward.it.chaos.schedule;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** Contents that are known by their names, and that are recognized wherever they lie in the clear. */
final class Contents {
    /** Each 64 bytes of content begin so. */
    static final String PLANTED = "planted-plaintext-";

    private static final int LINE_BYTES = 64;

    private Contents() {}

    /** @param name {@code client-number-bytes} */
    static byte[] of(String name) {
        byte[] line = Arrays.copyOf((PLANTED + name + " ").getBytes(US_ASCII), LINE_BYTES);
        byte[] content = new byte[Integer.parseInt(name.substring(name.lastIndexOf('-') + 1))];
        for (int i = 0; i < content.length; i++) {
            content[i] = line[i % LINE_BYTES];
        }
        return content;
    }

    /** The name of what was read; of what is no whole content, words that nobody wrote. */
    static String nameOf(byte[] content) {
        String head = new String(content, 0, Math.min(content.length, LINE_BYTES), US_ASCII);
        int end = head.indexOf(' ');
        if (!head.startsWith(PLANTED) || end < 0) {
            return "no content of ours";
        }
        String name = head.substring(PLANTED.length(), end);
        return Arrays.equals(of(name), content) ? name : "a damaged or partial " + name;
    }
}
