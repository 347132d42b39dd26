package io.sealward.gateway.xml;

/** Takes children of a root as they stand in a document, where they are written so plainly that they need no parser. */
@FunctionalInterface
public interface PlainChildren {
    /** Takes none. */
    PlainChildren NONE = (bytes, from, to) -> false;

    /**
     * A child, whole and well-formed: elements named by ASCII letters, without attributes, with nothing in them but such
     * elements, or a text of printable ASCII, where quotation marks may be escaped, by name or by number. The array is
     * lent for the call.
     *
     * @return false if it is to be told of it by {@link XmlDocument#child}
     */
    boolean take(byte[] bytes, int from, int to);
}
