package io.sealward.it.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.it.store.SignedHeads;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** The kinds that are tried, each of which once stopped a gateway of 512 MiB, or came near. */
final class Attacks {
    static final String BUCKET = "/hostile";
    static final String LARGE = BUCKET + "/large";

    /** With a number behind it: objects of several parts, the last of them short, so that a range of them wants a proof. */
    static final String PARTS = BUCKET + "/parts";

    static final int OBJECTS_OF_PARTS = 8;

    private static final int DOCUMENT_BYTES = 8 << 20;
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final SignedHeads heads;

    Attacks(SignedHeads heads) {
        this.heads = heads;
    }

    List<Attack> all() {
        return List.of(
                new Attack("header flood", 350, client -> endless(headerFlood())),
                new Attack("pipelining, unread", 350, client -> endless(smallRequests())),
                new Attack("slow head", 1000, client -> dripping("GET / HTTP/1.1\r\nHost: a\r\n", "x: y\r\n")),
                new Attack("slow body", 500, client -> dripping(put(1 << 20), "x")),
                new Attack("slow reader", 1500, client -> once(heads.of(HttpMethod.GET, LARGE, "", Map.of()))),
                new Attack("cold ranges", 1000, client -> once(range(PARTS + client % OBJECTS_OF_PARTS))),
                new Attack("withheld documents", 75, client -> withheld()),
                new Attack("bodiless PUTs", 4000, client -> once(put(1 << 20))),
                new Attack(
                        "huge listings, unread",
                        300,
                        client -> once(
                                heads.of(HttpMethod.GET, BUCKET, "", Map.of()).repeat(8))));
    }

    private static String headerFlood() {
        return "GET /" + "&".repeat(15_000) + " HTTP/1.1\r\n\r\n"
                + ("A / HTTP/1.1\r\n" + "a:\r\n".repeat(3900) + "\r\n").repeat(7);
    }

    private static String smallRequests() {
        return "A / HTTP/1.1\r\n\r\n".repeat(6000);
    }

    private String range(String object) {
        return heads.of(HttpMethod.GET, object, "", Map.of("range", "bytes=6000000-9999999"));
    }

    private String put(int length) {
        return heads.of(HttpMethod.PUT, BUCKET + "/never", "", Map.of("content-length", Integer.toString(length)));
    }

    private Attack.Sending withheld() {
        String head = heads.of(
                HttpMethod.POST,
                BUCKET,
                "delete=",
                Map.of("content-length", Integer.toString(DOCUMENT_BYTES), "content-md5", "AAAAAAAAAAAAAAAAAAAAAA=="));
        String begin = "<Delete><Object><Key>k</Key></Object>";
        ByteBuffer first = bytes(head + begin);
        ByteBuffer rest = bytes(" ".repeat(64 << 10));
        int[] left = {DOCUMENT_BYTES - 1 - begin.length()};
        return millis -> {
            if (first.hasRemaining()) {
                return first;
            }
            int size = Math.min(left[0], rest.capacity());
            left[0] -= size;
            return rest.duplicate().limit(size);
        };
    }

    private static Attack.Sending once(String text) {
        ByteBuffer all = bytes(text);
        return millis -> all;
    }

    private static Attack.Sending endless(String text) {
        ByteBuffer round = bytes(text);
        return millis -> round.duplicate();
    }

    /** The first at once, then a drip each second. */
    private static Attack.Sending dripping(String begin, String drip) {
        ByteBuffer first = bytes(begin);
        ByteBuffer more = bytes(drip);
        long[] dripped = {0};
        return millis -> {
            if (first.hasRemaining()) {
                return first;
            }
            if (millis / 1000 > dripped[0]) {
                dripped[0] = millis / 1000;
                return more.duplicate();
            }
            return NONE;
        };
    }

    private static ByteBuffer bytes(String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
