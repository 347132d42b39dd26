package io.sealward.gateway.document;

import io.netty.buffer.ByteBuf;
import io.sealward.gateway.body.ByteSink;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.flow.Outlet;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.xml.XmlDocument;
import io.sealward.gateway.xml.XmlException;
import io.sealward.gateway.xml.XmlReader;
import java.util.Optional;

/**
 * The document in a request, read piece by piece, each in its turn; what is made of it may be used once the body has
 * verified.
 */
final class ClientDocument<T> implements ByteSink, Outlet {
    /** Where one waits for the turn of the next piece. */
    @FunctionalInterface
    interface Line {
        void await(Runnable next);
    }

    private final XmlReader<T> reader;
    private final Line line;
    private boolean itsTurn;
    private boolean begun;
    private Optional<T> result = Optional.empty();

    ClientDocument(XmlDocument<T> document, Budget.Lease memory, Line line) {
        this.reader = new XmlReader<>(document, memory);
        this.line = line;
    }

    /** Empty for a body without a byte. */
    Optional<T> result() {
        return result;
    }

    @Override
    public void write(ByteBuf data) {
        itsTurn = false;
        try {
            begun |= data.isReadable();
            reader.read(data);
        } catch (XmlException e) {
            throw new S3Exception(S3Error.MALFORMED_XML);
        } finally {
            data.release();
        }
    }

    @Override
    public void finish() {
        try {
            result = begun ? Optional.of(reader.end()) : Optional.empty();
        } catch (XmlException e) {
            throw new S3Exception(S3Error.MALFORMED_XML);
        }
    }

    @Override
    public void close() {}

    @Override
    public boolean writable() {
        return itsTurn;
    }

    @Override
    public void onWritable(Runnable resume) {
        line.await(() -> {
            itsTurn = true;
            resume.run();
        });
    }
}
