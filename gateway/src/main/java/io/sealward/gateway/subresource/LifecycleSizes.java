package io.sealward.gateway.subresource;

import io.sealward.crypto.format.Format;
import io.sealward.crypto.format.Geometry;
import io.sealward.gateway.s3.Decimal;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.xml.XmlElement;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;

/**
 * The size filters of a lifecycle configuration, which the store holds against sealed lengths.
 *
 * <p>An object of one PutObject, or of parts of whole frames, is matched exactly as its plaintext would be. One of other parts
 * is up to a frame's overhead longer for each part, by less than 10 bytes in a MiB, and where that leaves it open, it is not
 * matched: what a rule does cannot be undone, so it is never done to an object that its plaintext size keeps out.
 */
final class LifecycleSizes implements Translation {
    /** Of the version that is written, in which a rule meets objects to come. */
    private static final Geometry SEALED = Format.WRITTEN.geometry();

    private static final String GREATER = "ObjectSizeGreaterThan";
    private static final String LESS = "ObjectSizeLessThan";

    @Override
    public XmlElement toStore(XmlElement document) {
        return new Sizes(LifecycleSizes::longestOf, SEALED::ofObject, S3Error.MALFORMED_XML).in(document);
    }

    @Override
    public XmlElement toClient(XmlElement document) {
        return new Sizes(LifecycleSizes::lastNotLonger, LifecycleSizes::firstNotShorter, S3Error.SERVICE_UNAVAILABLE)
                .in(document);
    }

    /** @param unreadable what a size is that is no number */
    private record Sizes(LongUnaryOperator greater, LongUnaryOperator less, S3Error unreadable) {
        XmlElement in(XmlElement element) {
            if (!element.children().isEmpty()) {
                return XmlElement.of(
                        element.name(),
                        element.children().stream().map(this::in).toList());
            }
            return switch (element.name()) {
                case GREATER -> mapped(element, greater);
                case LESS -> mapped(element, less);
                default -> element;
            };
        }

        private XmlElement mapped(XmlElement element, LongUnaryOperator by) {
            long size = Decimal.parse(element.text().trim()).stream()
                    .filter(bytes -> bytes <= SEALED.maxPlaintext())
                    .findFirst()
                    .orElseThrow(() -> new S3Exception(unreadable));
            return XmlElement.text(element.name(), Long.toString(by.applyAsLong(size)));
        }
    }

    /** The longest sealed object of at most so much plaintext: whatever is longer has more. */
    static long longestOf(long plaintext) {
        long oddFrames = plaintext / SEALED.minInnerPart();
        long secondTerminator = plaintext >= SEALED.twiceTerminatedLength() ? SEALED.frameOverhead() : 0;
        return SEALED.ofObject(plaintext) + oddFrames * SEALED.frameOverhead() + secondTerminator;
    }

    /** What {@link #longestOf} has made of a filter; of one that was set at the store, what comes next to it. */
    private static long lastNotLonger(long sealed) {
        return Math.max(0, first(plaintext -> longestOf(plaintext) > sealed) - 1);
    }

    private static long firstNotShorter(long sealed) {
        return first(plaintext -> SEALED.ofObject(plaintext) >= sealed);
    }

    /** The least length of which it holds, and so of all that are longer. */
    private static long first(LongPredicate holds) {
        long from = 0;
        long to = SEALED.maxPlaintext();
        while (from < to) {
            long middle = (from + to) >>> 1;
            if (holds.test(middle)) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }
}
