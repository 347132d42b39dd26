package io.sealward.gateway.xml;

/** The document is not XML, or more than is read here. */
public final class XmlException extends Exception {
    private static final long serialVersionUID = 1L;

    XmlException(String message) {
        super(message, null, false, false);
    }
}
