package io.sealward.gateway.xml;

/**
 * Makes something of a document as it arrives: hears of the root, then of each child of the root when that is whole,
 * then of the end. What it throws ends the reading.
 *
 * @param <T> what it is in the end
 */
public interface XmlDocument<T> {
    /** The document begins. */
    void root(String name);

    /** Asked once, behind the root: who takes children before they are parsed. */
    default PlainChildren plainChildren() {
        return PlainChildren.NONE;
    }

    /** A child of the root, with all that is in it. */
    void child(XmlElement child);

    /**
     * The document was well-formed to its end.
     *
     * @param text directly inside the root; empty where the root has children
     */
    T end(String text);
}
