package io.sealward.gateway.front;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Ids that tell requests apart in logs of several nodes. Not secret. */
final class RequestIds {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private RequestIds() {}

    static String next() {
        return HEX.toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
