package io.sealward.gateway.object;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.crypto.frame.PartLayout;
import io.sealward.crypto.frame.SealedLength;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.seal.Layout;
import io.sealward.crypto.seal.ObjectSeal;
import io.sealward.gateway.request.Conditions;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.ByteRange;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.StoreRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Plans reads: plaintext lengths and offsets for a client, sealed ones for the store. */
final class ReadPlans {
    private final Layouts layouts;

    ReadPlans(Layouts layouts) {
        this.layouts = layouts;
    }

    /** What a GET or HEAD asks for. */
    record Wanted(Optional<ByteRange> range, Optional<Integer> partNumber) {
        static Wanted of(S3Request request) {
            Optional<ByteRange> range = request.header("if-range").isPresent()
                    ? Optional.empty() // the whole object is right whether or not the condition holds
                    : request.header("range").flatMap(ByteRange::parse);
            Optional<Integer> partNumber = request.query("partNumber").map(Wanted::partNumber);
            if (request.header("range").isPresent() && partNumber.isPresent()) {
                throw new S3Exception(
                        S3Error.INVALID_REQUEST, "Cannot specify both Range header and partNumber query parameter.");
            }
            return new Wanted(range, partNumber);
        }

        boolean whole() {
            return range.isEmpty() && partNumber.isEmpty();
        }

        private static int partNumber(String text) {
            if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 10_000) {
                throw new S3Exception(
                        S3Error.INVALID_ARGUMENT, "Part number must be an integer between 1 and 10000, inclusive.");
            }
            return Integer.parseInt(text);
        }
    }

    /** The read of an object's version, with the client's conditions. */
    static StoreRequest storeRequest(HttpMethod method, S3Request request) {
        StoreRequest read = StoreRequest.of(method, request.bucket(), request.key());
        request.query("versionId").ifPresent(id -> read.query("versionId", id));
        Conditions.ofRead(request.headers(), read);
        return read;
    }

    /**
     * The Range to ask the store for before anything is known of the object: right for every object whose sealed offsets
     * are arithmetic.
     */
    static String speculativeRange(ByteRange range) {
        if (range instanceof ByteRange.FromTo fromTo) {
            long end = (fromTo.last() / SealedLength.FRAME_PLAINTEXT + 1) * SealedLength.FRAME_SEALED;
            return "bytes=" + sealedStart(fromTo.first()) + "-" + (end - 1);
        }
        if (range instanceof ByteRange.From from) {
            return "bytes=" + sealedStart(from.first()) + "-";
        }
        long length = ((ByteRange.Suffix) range).length();
        long frames = length / SealedLength.FRAME_PLAINTEXT + 2;
        return "bytes=-" + (frames * SealedLength.FRAME_SEALED + SealedLength.FRAME_OVERHEAD);
    }

    private static long sealedStart(long plaintextOffset) {
        return plaintextOffset / SealedLength.FRAME_PLAINTEXT * SealedLength.FRAME_SEALED;
    }

    /** What was known of the object turned out wrong. */
    void forget(S3Request request, StoredObject object) {
        layouts.forget(request.place(), object);
    }

    /** Plans the read of a sealed object; completes on {@code loop}. */
    CompletionStage<ReadPlan> plan(
            S3Request request, Wanted wanted, StoredObject object, ObjectSeal seal, EventLoop loop) {
        long stored = object.storedLength();
        if (seal.layout() == Layout.EMPTY) {
            return CompletableFuture.completedStage(emptyPlan(wanted, stored));
        }
        if (seal.layout() == Layout.SINGLE) {
            return CompletableFuture.completedStage(
                    plan(wanted, PartLayout.single(Layouts.plaintextLength(stored)), seal));
        }
        if (seal.layout() == Layout.ALIGNED_PARTS && wanted.partNumber().isEmpty()) {
            return CompletableFuture.completedStage(alignedPlan(wanted, stored));
        }
        return layouts.find(request.place(), request.query("versionId"), object, loop, request.admission())
                .thenApply(parts -> plan(wanted, parts, seal));
    }

    private static ReadPlan plan(Wanted wanted, PartLayout parts, ObjectSeal seal) {
        long total = parts.plaintextLength();
        Optional<ByteRange.Resolved> range = wanted.partNumber().isPresent()
                ? rangeOfPart(parts, wanted.partNumber().get())
                : wanted.range().map(r -> r.resolve(total));
        Extent extent = range.map(r -> Extent.range(parts, r))
                .orElseGet(() -> Extent.whole(seal.layout(), total, parts.sealedLength()));
        Optional<Integer> partCount = wanted.partNumber()
                .filter(part -> seal.layout() != Layout.SINGLE)
                .map(part -> parts.partCount());
        return new ReadPlan(extent, total, range, partCount);
    }

    private static ReadPlan emptyPlan(Wanted wanted, long stored) {
        if (stored != 0) {
            throw BrokenSeal.of(new SealException.Tampered("an object that was sealed as empty has bytes"));
        }
        Optional<ByteRange.Resolved> range = wanted.partNumber().isPresent()
                ? rangeOfPart(PartLayout.single(0), wanted.partNumber().get())
                : wanted.range().map(r -> r.resolve(0));
        return new ReadPlan(Extent.whole(Layout.EMPTY, 0, 0), 0, range, Optional.empty());
    }

    private static ReadPlan alignedPlan(Wanted wanted, long stored) {
        long total = Layouts.plaintextLength(stored);
        Optional<ByteRange.Resolved> range = wanted.range().map(r -> r.resolve(total));
        Extent extent = range.map(r -> Extent.alignedRange(total, stored, r))
                .orElseGet(() -> Extent.whole(Layout.ALIGNED_PARTS, total, stored));
        return new ReadPlan(extent, total, range, Optional.empty());
    }

    /** Empty for an empty part, which can only be the whole object. */
    private static Optional<ByteRange.Resolved> rangeOfPart(PartLayout parts, int partNumber) {
        if (partNumber > parts.partCount()) {
            throw new S3Exception(S3Error.INVALID_PART_NUMBER);
        }
        long length = parts.lengthOf(partNumber);
        if (length == 0) {
            if (parts.partCount() > 1) {
                throw new S3Exception(S3Error.INVALID_RANGE);
            }
            return Optional.empty();
        }
        long start = parts.startOf(partNumber);
        return Optional.of(new ByteRange.Resolved(start, start + length - 1));
    }
}
