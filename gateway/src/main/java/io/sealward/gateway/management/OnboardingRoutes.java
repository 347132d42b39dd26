package io.sealward.gateway.management;

import io.sealward.gateway.onboarding.Onboarding;
import io.sealward.gateway.onboarding.Onboarding.Cloud;
import io.sealward.gateway.onboarding.Onboarding.Format;
import io.sealward.gateway.onboarding.OnboardingException;
import io.sealward.gateway.registry.Projects;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a tenant runs in its own cloud, with its ids filled in. */
final class OnboardingRoutes {
    /** What {@code type} may be. */
    static final List<String> TYPES = labels(Cloud.values());

    private static final String PROJECT = "project_id";

    private final Onboarding onboarding;
    private final Projects projects;

    OnboardingRoutes(Onboarding onboarding, Projects projects) {
        this.onboarding = onboarding;
        this.projects = projects;
    }

    List<Route> routes() {
        return List.of(Route.of("GET", "/v1/organization/external_keys/onboarding", this::generate));
    }

    private ApiResponse generate(Call call) {
        Cloud cloud = Cloud.valueOf(call.query()
                .text("type")
                .map(type -> QueryParameters.requireChoice("type", TYPES, type))
                .orElseThrow(() -> ApiException.missing("type"))
                .toUpperCase(Locale.ROOT));
        Format format = Format.valueOf(
                call.query().choice("format", labels(Format.values()), "json").toUpperCase(Locale.ROOT));
        Optional<String> projectId = call.query().text(PROJECT);
        call.rejectOthers();
        projectId.ifPresent(id -> {
            if (projects.find(call.organizationId(), id).isEmpty()) {
                throw ApiException.invalid(PROJECT, "invalid_value", "No project found with id '" + id + "'.");
            }
        });
        try {
            return ApiResponse.text(
                    format.contentType(), onboarding.generate(cloud, format, call.organizationId(), projectId));
        } catch (OnboardingException e) {
            throw ApiException.invalid(e.param(), "unsupported_value", e.getMessage());
        }
    }

    private static List<String> labels(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
