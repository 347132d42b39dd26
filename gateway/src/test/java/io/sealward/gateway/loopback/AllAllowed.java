package io.sealward.gateway.loopback;

import io.sealward.gateway.request.Permissions;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.tenant.Admission;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Whoever may do everything. */
public record AllAllowed() implements Permissions {
    @Override
    public boolean allow(List<String> actions, Place place) {
        return true;
    }

    @Override
    public CompletionStage<Admission> toRead(
            Admission claim, Place place, Optional<String> versionId, List<String> actions) {
        return CompletableFuture.completedStage(claim);
    }
}
