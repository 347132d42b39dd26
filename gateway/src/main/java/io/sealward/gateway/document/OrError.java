package io.sealward.gateway.document;

import io.sealward.gateway.store.StoreErrors;
import io.sealward.gateway.xml.PlainChildren;
import io.sealward.gateway.xml.XmlDocument;
import io.sealward.gateway.xml.XmlElement;
import io.sealward.gateway.xml.XmlTree;

/** An answer of the store behind a success, where an error may stand in its place. */
final class OrError<T> implements XmlDocument<T> {
    private final XmlDocument<T> document;
    private final XmlTree error;
    private final String accessKeyId;
    private boolean failed;

    OrError(XmlDocument<T> document, XmlTree error, String accessKeyId) {
        this.document = document;
        this.error = error;
        this.accessKeyId = accessKeyId;
    }

    @Override
    public void root(String name) {
        failed = name.equals("Error");
        told().root(name);
    }

    @Override
    public PlainChildren plainChildren() {
        return told().plainChildren();
    }

    @Override
    public void child(XmlElement child) {
        told().child(child);
    }

    @Override
    public T end(String text) {
        if (failed) {
            throw StoreErrors.of(200, error.end(text), accessKeyId);
        }
        return document.end(text);
    }

    private XmlDocument<?> told() {
        return failed ? error : document;
    }
}
