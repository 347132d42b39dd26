package io.sealward.gateway.bucket;

import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.xml.XmlElement;
import java.util.List;

/** Whose a bucket, an object or an upload is: the project's, since the store knows other accounts. */
public final class Owner {
    private Owner() {}

    /** An element of S3 that says so, as {@code Owner} and {@code Initiator} do. */
    public static XmlElement of(String element, Project project) {
        return XmlElement.of(
                element, List.of(XmlElement.text("ID", project.id()), XmlElement.text("DisplayName", project.id())));
    }
}
