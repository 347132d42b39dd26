package io.sealward.gateway.subresource;

import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.xml.XmlElement;
import java.util.Set;

/** RestoreObject: an archived object is brought back as it is; a query over its content would be one over sealed bytes. */
final class RestoreWish implements Translation {
    private static final Set<String> UNDERSTOOD = Set.of("Days", "GlacierJobParameters", "Tier", "Description");

    @Override
    public XmlElement toStore(XmlElement document) {
        document.children().stream()
                .filter(child -> !UNDERSTOOD.contains(child.name()))
                .findFirst()
                .ifPresent(child -> {
                    throw new S3Exception(
                            S3Error.NOT_IMPLEMENTED,
                            child.name() + " of a restore is not implemented here: the store has sealed bytes only.");
                });
        return document;
    }

    @Override
    public XmlElement toClient(XmlElement document) {
        return document;
    }
}
