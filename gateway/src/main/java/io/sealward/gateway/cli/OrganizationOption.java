package io.sealward.gateway.cli;

import picocli.CommandLine.Option;

/** Which organization of the registry. */
final class OrganizationOption {
    @Option(
            names = {"-o", "--organization"},
            required = true,
            paramLabel = "ID",
            description = "org-...")
    private String id;

    String id() {
        return id;
    }
}
