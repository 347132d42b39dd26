package io.sealward.it.chaos.schedule;

/** Which request to the store a gateway is killed amid. */
enum Amid {
    PUT,
    PART,
    COMPLETE,
    COPY;

    /** @param head from the first byte of a request */
    boolean isOf(String head) {
        boolean copies = head.contains("x-amz-copy-source");
        boolean part = head.contains("partNumber=");
        return switch (this) {
            case PUT -> head.startsWith("PUT ") && !part && !copies;
            case PART -> head.startsWith("PUT ") && part;
            case COMPLETE -> head.startsWith("POST ") && head.contains("uploadId=");
            case COPY -> head.startsWith("PUT ") && copies;
        };
    }
}
