package io.sealward.gateway.document;

import io.netty.buffer.ByteBuf;
import io.sealward.gateway.body.ByteSink;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.xml.XmlDocument;
import io.sealward.gateway.xml.XmlException;
import io.sealward.gateway.xml.XmlReader;
import java.util.Optional;

/** The document in a request, read as it arrives; what is made of it may be used once the body has verified. */
final class ClientDocument<T> implements ByteSink {
    private final XmlReader<T> reader;
    private boolean begun;
    private Optional<T> result = Optional.empty();

    ClientDocument(XmlDocument<T> document, Budget.Lease memory) {
        this.reader = new XmlReader<>(document, memory);
    }

    /** Empty for a body without a byte. */
    Optional<T> result() {
        return result;
    }

    @Override
    public void write(ByteBuf data) {
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
}
