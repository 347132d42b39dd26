package io.sealward.gateway.management.externalkey;

import io.sealward.gateway.management.http.ApiException;
import io.sealward.gateway.management.http.Call;
import io.sealward.gateway.management.http.JsonBody;
import io.sealward.gateway.registry.table.Projects;
import java.util.Optional;

/**
 * What a proof names in its encryption context, as its caller asks, for keys whose policies allow some only.
 *
 * @param projectId one of the organization's
 */
record Probe(Optional<String> projectId, Optional<String> bucket) {
    private static final int MAX_LENGTH = 256;
    private static final String PROJECT = "probe_project_id";

    static Probe in(Call call, Projects projects) {
        JsonBody body = call.body();
        Optional<String> project = body.optionalText(PROJECT, MAX_LENGTH);
        Optional<String> bucket = body.optionalText("probe_bucket", MAX_LENGTH);
        if (project.isPresent()
                && projects.find(call.organizationId(), project.get()).isEmpty()) {
            throw ApiException.invalid(
                    PROJECT,
                    "invalid_value",
                    "Invalid '" + PROJECT + "': expected the id of one of your organization's projects.");
        }
        return new Probe(project, bucket);
    }
}
