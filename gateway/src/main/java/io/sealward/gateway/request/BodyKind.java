package io.sealward.gateway.request;

/** What the body of a request is to an operation. */
public enum BodyKind {
    /** Nothing that is read. */
    NONE,
    /** An XML document of bounded size. */
    DOCUMENT,
    /** The bytes of an object or a part. It alone may come in the framing with chunk signatures, as S3 has it. */
    OBJECT_DATA,
    /**
     * The fields of a form, the policy and its signature among them, and a file behind. Its sender is known from the body and
     * not from the head, and its fields take the place of headers.
     */
    FORM
}
