package io.sealward.gateway.config;

import io.sealward.gateway.identity.MalformedTrustException;
import io.sealward.gateway.identity.Trust;
import io.sealward.gateway.policy.BucketPolicy;
import io.sealward.gateway.policy.MalformedPolicyException;
import io.sealward.gateway.policy.Policy;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code projects}, of which no two may have a name, an access key or a bucket in common. */
final class ProjectsSection {
    private static final Pattern ACCESS_KEY = Pattern.compile("[A-Za-z0-9_.-]{3,128}");
    private static final Pattern ORGANIZATION = Pattern.compile("org-[A-Za-z0-9_-]{1,64}");
    private static final Pattern PROJECT = Pattern.compile("proj_[A-Za-z0-9_-]{1,64}");
    private static final Pattern BUCKETS = Pattern.compile("[a-z0-9.-]{0,63}\\*?");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9.-]{3,63}");

    private final List<ProjectConfig> projects = new ArrayList<>();
    private final Set<String> accessKeys = new HashSet<>();

    private ProjectsSection() {}

    static List<ProjectConfig> read(Section top) {
        ProjectsSection reader = new ProjectsSection();
        List<Section> sections = top.sections("projects");
        sections.forEach(section -> reader.add(section, sections.size() == 1));
        for (int i = 0; i < sections.size(); i++) {
            reader.requirePrincipals(sections.get(i), reader.projects.get(i));
        }
        return reader.projects;
    }

    private void add(Section section, boolean only) {
        ProjectConfig project = project(section);
        for (ClientConfig credential : project.credentials()) {
            if (!accessKeys.add(credential.accessKey())) {
                throw section.error("credentials", "has an access key that is listed twice");
            }
        }
        if (!only && project.buckets().equals(ProjectConfig.ALL_BUCKETS)) {
            throw section.error("buckets", "must name the buckets, since there is more than one project");
        }
        for (String bucket : project.mixedBuckets()) {
            if (!project.owns(bucket)) {
                throw section.error("mixed-buckets", "has a bucket that is not the project's own: " + bucket);
            }
        }
        Set<String> withPolicy = new HashSet<>();
        for (BucketPolicyConfig given : project.bucketPolicies()) {
            if (!project.owns(given.bucket()) || !withPolicy.add(given.bucket())) {
                throw section.error(
                        "bucket-policies",
                        "has a bucket twice, or one that is not the project's own: " + given.bucket());
            }
        }
        for (ProjectConfig other : projects) {
            if (other.project().equals(project.project())) {
                throw section.error("project", "is listed twice: " + project.project());
            }
            if (other.overlaps(project)) {
                throw section.error("buckets", "overlaps with the buckets of " + other.project());
            }
        }
        projects.add(project);
    }

    /** When all are known. */
    private void requirePrincipals(Section section, ProjectConfig owner) {
        List<ProjectConfig> known = projects.stream()
                .filter(project -> project.organization().equals(owner.organization()))
                .toList();
        for (BucketPolicyConfig given : owner.bucketPolicies()) {
            try {
                given.policy()
                        .requireKnown(
                                id -> known.stream()
                                        .anyMatch(project -> project.project().equals(id)),
                                credential -> known.stream()
                                        .filter(project -> project.project().equals(credential.project()))
                                        .flatMap(project -> project.credentials().stream())
                                        .anyMatch(listed -> listed.accessKey().equals(credential.accessKeyId())));
            } catch (MalformedPolicyException e) {
                throw section.error("bucket-policies", "has no policy of " + given.bucket() + ": " + e.getMessage());
            }
        }
    }

    private static ProjectConfig project(Section section) {
        List<ClientConfig> credentials = section.sections("credentials").stream()
                .map(ProjectsSection::credential)
                .toList();
        List<RoleConfig> roles =
                section.sections("roles").stream().map(ProjectsSection::role).toList();
        List<String> buckets =
                section.texts("buckets", BUCKETS, "a bucket's name, or its beginning and * for any ending");
        ProjectConfig project = new ProjectConfig(
                section.text("organization", ORGANIZATION, "org- and letters or digits")
                        .orElseThrow(() -> section.missing("organization")),
                section.text("project", PROJECT, "proj_ and letters or digits")
                        .orElseThrow(() -> section.missing("project")),
                section.choice("key-mode", KeyMode.class).orElse(KeyMode.PER_OBJECT),
                credentials,
                roles,
                section.section("store").map(ProjectsSection::store),
                buckets.isEmpty() ? ProjectConfig.ALL_BUCKETS : buckets,
                section.sections("bucket-policies").stream()
                        .map(ProjectsSection::bucketPolicy)
                        .toList(),
                section.texts("mixed-buckets", BUCKET, "a bucket's name"));
        section.end();
        if (credentials.isEmpty() && roles.isEmpty()) {
            throw section.missing("credentials");
        }
        if (roles.stream().map(RoleConfig::name).distinct().count() < roles.size()) {
            throw section.error("roles", "has a name that is listed twice");
        }
        return project;
    }

    private static BucketPolicyConfig bucketPolicy(Section section) {
        String bucket = section.text("bucket", BUCKET, "a bucket's name").orElseThrow(() -> section.missing("bucket"));
        String json = section.json("policy").orElseThrow(() -> section.missing("policy"));
        section.end();
        try {
            return new BucketPolicyConfig(bucket, BucketPolicy.parse(json, bucket));
        } catch (MalformedPolicyException e) {
            throw section.error("policy", "is no policy: " + e.getMessage());
        }
    }

    private static RoleConfig role(Section section) {
        String name = section.text("name", Role.NAME, "1 to 64 letters, digits or any of _+=,.@-")
                .orElseThrow(() -> section.missing("name"));
        RoleConfig role = new RoleConfig(
                name,
                section.json("trust").map(json -> trust(section, json)).orElseThrow(() -> section.missing("trust")),
                section.json("policy").map(policy -> policy(section, policy, Role.username(name))),
                section.duration("max-session", Role.SHORTEST_SESSION, Role.LONGEST_SESSION)
                        .orElse(Role.DEFAULT_LONGEST));
        section.end();
        return role;
    }

    private static Trust trust(Section section, String json) {
        try {
            return Trust.parse(json);
        } catch (MalformedTrustException e) {
            throw section.error("trust", "does not say whom to trust: " + e.getMessage());
        }
    }

    private static Policy policy(Section section, String json, String accessKey) {
        try {
            return Policy.parse(json, accessKey);
        } catch (MalformedPolicyException e) {
            throw section.error("policy", "is no policy: " + e.getMessage());
        }
    }

    private static CredentialConfig store(Section section) {
        CredentialConfig credential = new CredentialConfig(
                section.secret("access-key").map(Secret::value).orElseThrow(() -> section.missing("access-key")),
                section.secret("secret-key").orElseThrow(() -> section.missing("secret-key")));
        section.end();
        return credential;
    }

    private static ClientConfig credential(Section section) {
        String accessKey = section.text(
                        "access-key", ACCESS_KEY, "3 to 128 letters, digits, dots, dashes or underscores")
                .orElseThrow(() -> section.missing("access-key"));
        ClientConfig credential = new ClientConfig(
                accessKey,
                section.secret("secret-key").orElseThrow(() -> section.missing("secret-key")),
                section.json("policy").map(policy -> policy(section, policy, accessKey)));
        section.end();
        return credential;
    }
}
