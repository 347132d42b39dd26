package io.sealward.gateway.management.http;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.TooLongHttpHeaderException;

/** The headers of a request, or its trailers: a bounded number. */
final class FewHeaders extends DefaultHttpHeaders {
    static final HttpHeadersFactory FACTORY = new HttpHeadersFactory() {
        @Override
        public HttpHeaders newHeaders() {
            return new FewHeaders();
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
            return new FewHeaders();
        }
    };

    private static final int MAX = 100;

    @Override
    public HttpHeaders add(CharSequence name, Object value) {
        if (size() >= MAX) {
            throw new TooLongHttpHeaderException("more than " + MAX + " headers");
        }
        return super.add(name, value);
    }
}
