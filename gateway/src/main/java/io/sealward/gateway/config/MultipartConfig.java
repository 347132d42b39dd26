package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

/** What the parts of a multipart upload may be. */
public record MultipartConfig(PartSizes partSizes) {
    public static final MultipartConfig DEFAULT = new MultipartConfig(PartSizes.ANY);

    /** Which sizes a part other than the last may have. */
    public enum PartSizes {
        /** Any that S3 takes. Sizes in listings are exact only for multiples of 64 KiB. */
        ANY,
        /** Equal multiples of 64 KiB, as all common clients send; others are refused. */
        ALIGNED
    }

    public MultipartConfig {
        requireNonNull(partSizes, "partSizes");
    }
}
