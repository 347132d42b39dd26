package io.sealward.gateway.bucket;

import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.xml.XmlDocument;
import io.sealward.gateway.xml.XmlElement;
import io.sealward.gateway.xml.XmlWriter;

/** A document of the store that says nothing which the gateway must change. */
final class Relayed implements XmlDocument<XmlWriter> {
    private final Budget.Lease memory;
    private XmlWriter written;

    Relayed(Budget.Lease memory) {
        this.memory = memory;
    }

    @Override
    public void root(String name) {
        written = new XmlWriter(name, memory);
    }

    @Override
    public void child(XmlElement child) {
        written.add(child);
    }

    @Override
    public XmlWriter end(String text) {
        return written.text(text).end();
    }
}
