package io.sealward.gateway.request;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.store.StoreRequest;
import java.util.List;

/** Conditional headers, which the store decides: its ETags are the objects' own. */
public final class Conditions {
    private static final List<String> ETAGS = List.of("if-match", "if-none-match");
    private static final List<String> TIMES = List.of("if-modified-since", "if-unmodified-since");

    private Conditions() {}

    /** For reads. */
    public static void ofRead(HttpHeaders from, StoreRequest to) {
        ofWrite(from, to);
        for (String name : TIMES) {
            String value = from.get(name);
            if (value != null) {
                to.header(name, value);
            }
        }
    }

    /** For writes. */
    public static void ofWrite(HttpHeaders from, StoreRequest to) {
        for (String name : ETAGS) {
            String value = from.get(name);
            if (value != null) {
                to.header(name, ETags.toStore(value));
            }
        }
    }
}
