package io.sealward.gateway.bucket;

import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.xml.XmlElement;
import java.util.List;

/** The element of S3's documents that names the owner of a bucket, an object or an upload: the project, not the store's account. */
public final class OwnerElement {
    private OwnerElement() {}

    /**
     * The owner of what {@code project} has.
     *
     * @param element what S3 calls it there: {@code Owner} or {@code Initiator}
     */
    public static XmlElement of(String element, Project project) {
        return XmlElement.of(
                element, List.of(XmlElement.text("ID", project.id()), XmlElement.text("DisplayName", project.id())));
    }
}
