package io.sealward.gateway.cli;

import io.sealward.crypto.key.ObjectBinding;
import picocli.CommandLine.Option;

/** Whose object it is and where it lay: an object opens under its own place alone. */
final class PlaceOptions {
    @Option(names = "--organization", required = true, paramLabel = "ID", description = "As in the configuration.")
    private String organization;

    @Option(names = "--project", required = true, paramLabel = "ID", description = "As in the configuration.")
    private String project;

    @Option(names = "--bucket", required = true, paramLabel = "NAME", description = "The bucket it was stored in.")
    private String bucket;

    @Option(names = "--key", required = true, paramLabel = "KEY", description = "Its key, not percent-encoded.")
    private String key;

    ObjectBinding place() {
        return new ObjectBinding(organization, project, bucket, key);
    }
}
