package io.sealward.gateway.object;

import io.sealward.crypto.frame.LayoutProof;
import io.sealward.crypto.frame.PartLayout;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.SealException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Opens the frames that prove where the parts of an object lie, some at a time. On one event loop. */
final class ProofReader {
    /** Frames on their way together: a megabyte. */
    private static final int AT_ONCE = 16;

    /** What a proof holds at a time: those, and the one that is opened. */
    static final int FRAMES_HELD = AT_ONCE + 1;

    private final StoredObject object;
    private final Stretches stretches;
    private final ObjectEnds ends;
    private final LayoutProof proof;

    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    private record Frame(long offset, byte[] bytes) {}

    private ProofReader(StoredObject object, Stretches stretches, ObjectEnds ends, LayoutProof proof) {
        this.object = object;
        this.stretches = stretches;
        this.ends = ends;
        this.proof = proof;
    }

    /**
     * Proves the layout of a multipart object.
     *
     * @param ends what was read of it beside the range
     * @param dek the caller destroys it, when the stage has completed
     */
    static CompletionStage<PartLayout> prove(StoredObject object, Stretches stretches, ObjectEnds ends, Dek dek) {
        try {
            LayoutProof proof = new LayoutProof(object.seal().orElseThrow().layout(), object.storedLength(), dek);
            ProofReader reader = new ProofReader(object, stretches, ends, proof);
            return reader.next().whenComplete((parts, failure) -> proof.destroy());
        } catch (SealException e) {
            throw BrokenSeal.of(e);
        }
    }

    private CompletionStage<PartLayout> next() {
        if (proof.wanted().isEmpty()) {
            return CompletableFuture.completedStage(proof.layout());
        }
        CompletionStage<List<Frame>> frames = CompletableFuture.completedStage(new ArrayList<>());
        for (long offset : proof.wanted().stream().limit(AT_ONCE).toList()) {
            frames = frames.thenCombine(read(offset), (before, frame) -> {
                before.add(frame);
                return before;
            });
        }
        return frames.thenCompose(read -> {
            read.forEach(this::open);
            return next();
        });
    }

    private CompletionStage<Frame> read(long offset) {
        int length = proof.bytesAt(offset);
        return ends.read(object, offset, length)
                .thenCompose(found ->
                        found.map(CompletableFuture::completedStage).orElseGet(() -> stretches.read(offset, length)))
                .thenApply(bytes -> new Frame(offset, bytes));
    }

    private void open(Frame frame) {
        try {
            proof.accept(frame.offset(), frame.bytes());
        } catch (SealException e) {
            throw BrokenSeal.of(e);
        }
    }
}
