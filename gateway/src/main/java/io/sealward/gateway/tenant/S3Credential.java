package io.sealward.gateway.tenant;

import static java.util.Objects.requireNonNull;

/** An access key and the project it speaks for. */
public record S3Credential(String accessKeyId, String secretAccessKey, Project project) {
    public S3Credential {
        requireNonNull(accessKeyId, "accessKeyId");
        requireNonNull(secretAccessKey, "secretAccessKey");
        requireNonNull(project, "project");
    }

    /** Without the secret: a credential may be logged. */
    @Override
    public String toString() {
        return "S3Credential[" + accessKeyId + ", " + project.id() + "]";
    }
}
