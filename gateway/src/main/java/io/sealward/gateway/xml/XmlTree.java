package io.sealward.gateway.xml;

import io.sealward.gateway.budget.Budget;
import java.util.ArrayList;
import java.util.List;

/** A document that is kept whole: for small ones. What it holds is the lease's until that is closed. */
public final class XmlTree implements XmlDocument<XmlElement> {
    private final Budget.Lease memory;
    private final List<XmlElement> children = new ArrayList<>();
    private String root = "";

    public XmlTree(Budget.Lease memory) {
        this.memory = memory;
    }

    @Override
    public void root(String name) {
        root = name;
    }

    @Override
    public void child(XmlElement child) {
        memory.require(child.bytes());
        children.add(child);
    }

    @Override
    public XmlElement end(String text) {
        return new XmlElement(root, text, children);
    }
}
