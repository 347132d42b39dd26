package io.sealward.gateway.xml;

import io.netty.buffer.Unpooled;
import io.sealward.gateway.budget.Budget;

/** Reads a document that is in memory already. Its size, and so what it becomes, is the caller's to bound. */
public final class XmlParser {
    private static final long ENOUGH = 1L << 30;

    private XmlParser() {}

    /** Reads a whole document and returns its root; what is read is what {@link XmlReader} reads. */
    public static XmlElement parse(byte[] document) throws XmlException {
        Budget.Lease memory = new Budget(ENOUGH).lease("");
        XmlReader<XmlElement> reader = new XmlReader<>(new XmlTree(memory), memory);
        reader.read(Unpooled.wrappedBuffer(document));
        return reader.end();
    }
}
