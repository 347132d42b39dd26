package io.sealward.gateway.subresource;

import io.sealward.gateway.xml.XmlElement;

/** What a document that is passed on says of plaintext, where the store takes it to be of sealed bytes. */
interface Translation {
    /** A document that means the same on both sides. */
    Translation NONE = new Translation() {
        @Override
        public XmlElement toStore(XmlElement document) {
            return document;
        }

        @Override
        public XmlElement toClient(XmlElement document) {
            return document;
        }
    };

    /**
     * The client's document as the store is to have it.
     *
     * @throws io.sealward.gateway.s3.S3Exception if it cannot mean the same there
     */
    XmlElement toStore(XmlElement document);

    /** The store's document as the client is to have it. */
    XmlElement toClient(XmlElement document);
}
