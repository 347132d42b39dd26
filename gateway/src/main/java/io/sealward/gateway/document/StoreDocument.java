package io.sealward.gateway.document;

import io.netty.buffer.ByteBuf;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.flow.Inlet;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.StoreCall;
import io.sealward.gateway.store.StoreException;
import io.sealward.gateway.xml.XmlDocument;
import io.sealward.gateway.xml.XmlException;
import io.sealward.gateway.xml.XmlReader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A document that the store answers with, read as it arrives. */
final class StoreDocument<T> implements Inlet {
    /** Twice what a listing of 1,000 keys of 1,024 bytes takes, each byte escaped. */
    private static final long LIMIT_BYTES = 8 << 20;

    private final StoreCall call;
    private final XmlReader<T> reader;
    private final IllegalReferences references = new IllegalReferences();
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private long received;

    StoreDocument(StoreCall call, XmlDocument<T> document, Budget.Lease memory) {
        this.call = call;
        this.reader = new XmlReader<>(document, memory);
    }

    CompletionStage<T> read() {
        call.receive(this);
        call.read();
        return result;
    }

    @Override
    public void data(ByteBuf data) {
        try {
            received += data.readableBytes();
            if (received > LIMIT_BYTES) {
                throw new StoreException("the store's answer is larger than expected");
            }
            reader.read(references.replacedIn(data));
            call.read();
        } catch (XmlException e) {
            giveUp(unreadable(e));
        } catch (RuntimeException e) {
            giveUp(e);
        } finally {
            data.release();
        }
    }

    @Override
    public void end() {
        try {
            reader.read(references.rest());
            result.complete(reader.end());
        } catch (XmlException e) {
            result.completeExceptionally(unreadable(e));
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    @Override
    public void failed(Throwable cause) {
        result.completeExceptionally(cause);
    }

    private void giveUp(RuntimeException cause) {
        call.abort();
        result.completeExceptionally(cause);
    }

    private static S3Exception unreadable(XmlException cause) {
        return new S3Exception(S3Error.SERVICE_UNAVAILABLE, "The store's answer cannot be read.", cause);
    }
}
