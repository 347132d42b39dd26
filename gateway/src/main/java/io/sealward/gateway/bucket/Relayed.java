package io.sealward.gateway.bucket;

import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.xml.XmlDocument;
import io.sealward.gateway.xml.XmlElement;
import io.sealward.gateway.xml.XmlWriter;
import java.util.List;

/** A document of the store that says nothing which the gateway must change, and what the gateway says behind it. */
final class Relayed implements XmlDocument<XmlWriter> {
    private final Budget.Lease memory;
    private final List<XmlElement> more;
    private XmlWriter written;

    Relayed(Budget.Lease memory) {
        this(memory, List.of());
    }

    Relayed(Budget.Lease memory, List<XmlElement> more) {
        this.memory = memory;
        this.more = more;
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
        more.forEach(written::add);
        return written.text(text).end();
    }
}
