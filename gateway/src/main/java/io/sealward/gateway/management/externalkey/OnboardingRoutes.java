package io.sealward.gateway.management.externalkey;

import io.sealward.gateway.management.http.ApiException;
import io.sealward.gateway.management.http.ApiResponse;
import io.sealward.gateway.management.http.Call;
import io.sealward.gateway.management.http.QueryParameters;
import io.sealward.gateway.management.http.Route;
import io.sealward.gateway.onboarding.Onboarding;
import io.sealward.gateway.registry.table.Projects;
import io.sealward.providers.setup.OnboardingException;
import io.sealward.providers.setup.OnboardingFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a tenant runs in its own cloud, with its ids filled in. */
public final class OnboardingRoutes {
    private static final String PROJECT = "project_id";
    private static final List<String> FORMATS = Arrays.stream(OnboardingFormat.values())
            .map(format -> format.name().toLowerCase(Locale.ROOT))
            .toList();

    private final Onboarding onboarding;
    private final Projects projects;

    public OnboardingRoutes(Onboarding onboarding, Projects projects) {
        this.onboarding = onboarding;
        this.projects = projects;
    }

    public List<Route> routes() {
        return List.of(Route.of("GET", "/v1/organization/external_keys/onboarding", this::generate));
    }

    private ApiResponse generate(Call call) {
        String type = call.query()
                .text("type")
                .map(given -> QueryParameters.requireChoice("type", Onboarding.TYPES, given))
                .orElseThrow(() -> ApiException.missing("type"));
        OnboardingFormat format = OnboardingFormat.valueOf(
                call.query().choice("format", FORMATS, "json").toUpperCase(Locale.ROOT));
        Optional<String> projectId = call.query().text(PROJECT);
        call.rejectOthers();
        projectId.ifPresent(id -> {
            if (projects.find(call.organizationId(), id).isEmpty()) {
                throw ApiException.invalid(PROJECT, "invalid_value", "No project found with id '" + id + "'.");
            }
        });
        try {
            return ApiResponse.text(
                    format.contentType(), onboarding.generate(type, format, call.organizationId(), projectId));
        } catch (OnboardingException e) {
            throw ApiException.invalid(e.param(), "unsupported_value", e.getMessage());
        }
    }
}
