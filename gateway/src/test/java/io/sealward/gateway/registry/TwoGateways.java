package io.sealward.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.gateway.policy.Decision;
import io.sealward.gateway.policy.Policy;
import io.sealward.gateway.registry.database.RegistryException;
import io.sealward.gateway.registry.table.ExternalKey;
import io.sealward.gateway.registry.table.Organization;
import io.sealward.gateway.registry.table.RegisteredRole;
import io.sealward.gateway.registry.table.S3Roles;
import io.sealward.gateway.tenant.AssumedRole;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.Role;
import io.sealward.gateway.tenant.S3Credential;
import io.sealward.gateway.tenant.StoreCredential;
import io.sealward.providers.KeySpec;
import io.sealward.providers.catalog.Providers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Two gateways on one database, and what their tests do again and again. */
interface TwoGateways {
    TestDatabase database();

    /** Where the keys of both are. */
    KeystoreOpener opener();

    Registry here();

    Registry there();

    default Project project(Optional<String> externalKeyId) {
        Organization organization = here().organizations().create("an organization");
        return here().projects()
                .create(organization.id(), "a project", externalKeyId, KeyMode.PER_OBJECT, Optional.empty())
                .project();
    }

    default Project project(Organization organization) {
        return here().projects()
                .create(organization.id(), "a project", Optional.empty(), KeyMode.PER_OBJECT, Optional.empty())
                .project();
    }

    default S3Credential credential(Project project) {
        return here().s3Credentials()
                .create(project.organizationId(), project.id(), "a credential")
                .credential();
    }

    default ExternalKey register(Organization organization) {
        KeySpec spec = Providers.parse("local", Map.of("key_name", organization.id() + "--kek"));
        opener().createKey(spec);
        return here().externalKeys().register(organization.id(), "a key", spec);
    }

    default RegisteredRole role(Project project, String name) {
        return here().s3Roles()
                .create(
                        project.organizationId(),
                        project.id(),
                        new S3Roles.Wanted(
                                name,
                                "{\"issuer\": \"https://i\", \"audience\": \"a\", \"subject\": \"s\"}",
                                Optional.of(allowing("s3:GetObject")),
                                Duration.ofHours(1)));
    }

    default S3Credential taken(Project project, String name) {
        Role role = there().roles().find(project.id(), name).orElseThrow();
        return S3Credential.of(
                "ASIAEXAMPLE", "secret", new AssumedRole(name, role.generation(), "job", Optional.empty()), role);
    }

    default void change(Project project, RegisteredRole role, String trust, Optional<String> policy) {
        here().s3Roles()
                .change(
                        project.organizationId(),
                        project.id(),
                        role.id(),
                        old -> new RegisteredRole(
                                old.id(), old.projectId(), old.name(), trust, policy, old.longest(), old.createdAt()));
    }

    default String allowing(String action) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"" + action
                + "\",\"Resource\":\"arn:aws:s3:::b/${aws:username}/*\"}]}";
    }

    default boolean allows(Registry registry, String accessKeyId, String action) {
        Policy policy =
                registry.credentials().find(accessKeyId).orElseThrow().policy().orElseThrow();
        return policy.decide(action, "b/" + accessKeyId + "/k", key -> Optional.empty()) == Decision.ALLOWED;
    }

    default Optional<StoreCredential> storeCredential(Registry registry, String accessKeyId) {
        return registry.credentials().find(accessKeyId).flatMap(c -> c.project().storeCredential());
    }

    default void assertBeyondQuota(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.reason())
                        .isEqualTo(RegistryException.Reason.QUOTA_EXCEEDED))
                .hasMessageContaining("may have");
    }
}
