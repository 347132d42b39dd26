package io.sealward.gateway.object;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.crypto.format.Format;
import io.sealward.crypto.format.Geometry;
import io.sealward.crypto.frame.PartLayout;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.seal.Layout;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.budget.RequestMemory;
import io.sealward.gateway.request.Conditions;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.ByteRange;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.Asker;
import io.sealward.gateway.store.StoreRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;

/** Plans reads: plaintext lengths and offsets for a client, sealed ones for the store. */
final class ReadPlans {
    private final PartLayouts layouts;

    ReadPlans(PartLayouts layouts) {
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

        /** Whether all of the object is wanted, and told to be a range of it. */
        boolean wholeAsRange() {
            return range.filter(r -> r instanceof ByteRange.From from && from.first() == 0)
                    .isPresent();
        }

        private static int partNumber(String text) {
            if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 10_000) {
                throw new S3Exception(
                        S3Error.INVALID_ARGUMENT, "Part number must be an integer between 1 and 10000, inclusive.");
            }
            return Integer.parseInt(text);
        }
    }

    private static final Geometry WRITTEN = Format.WRITTEN.geometry();

    /**
     * What a proof of an object's layout needs.
     *
     * @param ends what was read of the object beside the stretch that is wanted
     * @param dek the object's; the caller destroys it, when the stage has completed
     * @param room takes so many bytes of memory, or throws SlowDown
     */
    record ProofNeeds(ObjectEnds ends, Dek dek, Asker asker, LongFunction<Budget.Lease> room) {}

    /** The read of an object's version, with the client's conditions. */
    static StoreRequest storeRequest(HttpMethod method, S3Request request) {
        StoreRequest read = StoreRequest.of(method, request.bucket(), request.key());
        request.query("versionId").ifPresent(id -> read.query("versionId", id));
        Conditions.ofRead(request.headers(), read);
        return read;
    }

    /**
     * The Range to ask the store for: where the layout of what was last there puts it, else where arithmetic puts it in
     * every object whose sealed offsets are arithmetic. Empty for all of the object.
     */
    Optional<String> rangeToAsk(S3Request request, Wanted wanted) {
        Optional<PartLayout> last = wanted.whole() || wanted.wholeAsRange() ? Optional.empty() : lastKnown(request);
        try {
            Optional<String> exact = last.flatMap(parts -> resolve(wanted, parts)
                    .map(range -> Extent.range(parts, range))
                    .map(extent -> "bytes=" + extent.sealedStart() + "-" + (extent.sealedEnd() - 1)));
            if (exact.isPresent()) {
                return exact;
            }
        } catch (S3Exception notThere) {
            // of the object that was there; the one that is there may have it
        }
        return wanted.range().map(ReadPlans::speculativeRange).or(() -> wanted.partNumber()
                .filter(number -> number > 1)
                .map(number -> "bytes=0-" + (WRITTEN.frameSealed() - 1)));
    }

    /** The layout of what was last read at this place. */
    Optional<PartLayout> lastKnown(S3Request request) {
        return layouts.proven().last(ProvenLayouts.At.of(request));
    }

    /** Where arithmetic puts a range in an object of the version that is written, whatever is known of the object. */
    static String speculativeRange(ByteRange range) {
        if (range instanceof ByteRange.FromTo fromTo) {
            long end = (fromTo.last() / WRITTEN.framePlaintext() + 1) * WRITTEN.frameSealed();
            return "bytes=" + sealedStart(fromTo.first()) + "-" + (end - 1);
        }
        if (range instanceof ByteRange.From from) {
            return "bytes=" + sealedStart(from.first()) + "-";
        }
        long length = ((ByteRange.Suffix) range).length();
        long frames = length / WRITTEN.framePlaintext() + 2;
        return "bytes=-" + (frames * WRITTEN.frameSealed() + WRITTEN.frameOverhead());
    }

    private static long sealedStart(long plaintextOffset) {
        return plaintextOffset / WRITTEN.framePlaintext() * WRITTEN.frameSealed();
    }

    /** What is known of the place is of another object. */
    void forgetLast(S3Request request) {
        layouts.proven().forget(ProvenLayouts.At.of(request));
    }

    /** What was known of the object turned out wrong. */
    void forget(S3Request request, StoredObject object) {
        layouts.forget(request.place(), object);
        forgetLast(request);
    }

    /**
     * Plans the read of a sealed object by what the store says of it: for HEAD, for a read of the whole object, and for a
     * range of one PutObject, each frame of which says how long it is. Completes on the loop of {@code asker}.
     */
    CompletionStage<ReadPlan> plan(S3Request request, Wanted wanted, StoredObject object, Asker asker) {
        Layout layout = object.seal().orElseThrow().layout();
        if (layout == Layout.EMPTY) {
            return CompletableFuture.completedStage(emptyPlan(wanted, object));
        }
        if (layout.multipart() && (layout == Layout.PARTS || wanted.partNumber().isPresent())) {
            return parts(request, object, asker).thenApply(parts -> plan(wanted, parts, object));
        }
        PartLayout asOne = PartLayout.single(object.geometry(), PartLayouts.plaintextLength(object));
        if (layout == Layout.SINGLE) { // a hint for the next read; this one proves itself
            layouts.proven().remember(ProvenLayouts.At.of(request), ProvenLayouts.Version.of(object), asOne);
        }
        return CompletableFuture.completedStage(plan(wanted, asOne, object));
    }

    /** The parts of a multipart object, by what the store says of it. Completes on the loop of who asks. */
    CompletionStage<PartLayout> parts(S3Request request, StoredObject object, Asker asker) {
        return layouts.find(request.place(), request.query("versionId"), object, asker, request.admission());
    }

    /**
     * Plans the read of a stretch of a multipart object by what its frames have proven, and has them read if that is not
     * known yet. Completes on the loop of who asks.
     */
    CompletionStage<ReadPlan> proven(S3Request request, Wanted wanted, StoredObject object, ProofNeeds needs) {
        Stretches stretches = new Stretches(
                layouts.client(needs.asker(), request.admission()),
                request.place(),
                request.query("versionId"),
                object.etag());
        return layouts.proven()
                .of(
                        ProvenLayouts.At.of(request),
                        ProvenLayouts.Version.of(object),
                        needs.asker().eventLoop(),
                        () -> prove(object, stretches, needs))
                .thenApply(parts -> plan(wanted, parts, object));
    }

    private static CompletionStage<PartLayout> prove(StoredObject object, Stretches stretches, ProofNeeds needs) {
        Budget.Lease room = needs.room().apply(RequestMemory.ofFrames(ProofReader.FRAMES_HELD));
        try {
            return ProofReader.prove(object, stretches, needs.ends(), needs.dek())
                    .whenComplete((parts, failure) -> room.close());
        } catch (RuntimeException e) {
            room.close();
            throw e;
        }
    }

    private static ReadPlan plan(Wanted wanted, PartLayout parts, StoredObject object) {
        Layout layout = object.seal().orElseThrow().layout();
        long total = parts.plaintextLength();
        Optional<ByteRange.Resolved> range = resolve(wanted, parts);
        Extent whole = wanted.wholeAsRange()
                ? Extent.whole(layout, parts, object.storedLength())
                : Extent.whole(layout, total, object.storedLength());
        Extent extent = range.filter(r -> !wanted.wholeAsRange())
                .map(r -> Extent.range(parts, r))
                .orElse(whole);
        Optional<Integer> partCount =
                wanted.partNumber().filter(part -> layout.multipart()).map(part -> parts.partCount());
        return new ReadPlan(extent, total, range, partCount);
    }

    private static ReadPlan emptyPlan(Wanted wanted, StoredObject object) {
        if (object.storedLength() != 0) {
            throw BrokenSeal.of(new SealException.Tampered("an object that was sealed as empty has bytes"));
        }
        Optional<ByteRange.Resolved> range = wanted.partNumber().isPresent()
                ? rangeOfPart(
                        PartLayout.single(object.geometry(), 0),
                        wanted.partNumber().get())
                : wanted.range().map(r -> r.resolve(0));
        return new ReadPlan(Extent.whole(Layout.EMPTY, 0, 0), 0, range, Optional.empty());
    }

    private static Optional<ByteRange.Resolved> resolve(Wanted wanted, PartLayout parts) {
        return wanted.partNumber().isPresent()
                ? rangeOfPart(parts, wanted.partNumber().get())
                : wanted.range().map(r -> r.resolve(parts.plaintextLength()));
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
