package io.sealward.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.gateway.policy.Policy;
import io.sealward.gateway.registry.database.Database;
import io.sealward.gateway.registry.database.RegistryException;
import io.sealward.gateway.registry.table.RegisteredRole;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.S3Credential;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Policies and roles, on both gateways. */
interface PolicyCases extends TwoGateways {
    @Test
    default void aPolicyFollowsItsCredentialOnBothGateways() {
        Project project = project(Optional.empty());
        String id = here().s3Credentials()
                .create(project.organizationId(), project.id(), "reader", Optional.of(allowing("s3:GetObject")))
                .credential()
                .accessKeyId();
        there().poll();
        for (Registry gateway : List.of(here(), there())) {
            assertThat(allows(gateway, id, "s3:GetObject")).isTrue();
            assertThat(allows(gateway, id, "s3:PutObject")).isFalse();
        }
        Policy before = there().credentials().find(id).orElseThrow().policy().orElseThrow();
        credential(project);
        there().poll();
        assertThat(there().credentials().find(id).orElseThrow().policy())
                .as("what has not changed is the same object")
                .containsSame(before);

        here().s3Credentials()
                .change(project.organizationId(), project.id(), id, Optional.of(allowing("s3:PutObject")));
        there().poll();
        for (Registry gateway : List.of(here(), there())) {
            assertThat(allows(gateway, id, "s3:GetObject")).isFalse();
            assertThat(allows(gateway, id, "s3:PutObject")).isTrue();
        }
        assertThat(here().s3Credentials().find(project.id(), id).orElseThrow().policy())
                .contains(allowing("s3:PutObject"));
        here().s3Credentials().change(project.organizationId(), project.id(), id, Optional.empty());
        there().poll();
        assertThat(there().credentials().find(id).orElseThrow().policy()).isEmpty();
    }

    @Test
    default void aRequestUnderWaySeesThePolicyOfTheMoment() {
        Project project = project(Optional.empty());
        S3Credential credential = credential(project);
        there().poll();
        Admission admission = there().buckets().admit(credential);
        assertThat(admission.authority().own()).isEmpty();
        here().s3Credentials()
                .change(
                        project.organizationId(),
                        project.id(),
                        credential.accessKeyId(),
                        Optional.of(allowing("s3:GetObject")));
        there().poll();
        assertThat(admission.authority().own()).isPresent();
    }

    @Test
    default void whoHasTakenOnARoleLosesItWithTheRoleOnBothGateways() {
        Project project = project(Optional.empty());
        RegisteredRole made = role(project, "ci");
        there().poll();
        Admission admission = there().buckets().admit(taken(project, "ci"));
        admission.requireHolding();
        assertThat(admission.authority().own()).isPresent();

        here().s3Roles().delete(project.id(), made.id());
        there().poll();
        assertThat(there().roles().find(project.id(), "ci")).isEmpty();
        assertThatThrownBy(admission::requireHolding)
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.INVALID_ACCESS_KEY_ID));
        role(project, "ci"); // of the same name and trust, and yet another
        there().poll();
        assertThatThrownBy(admission::requireHolding).isInstanceOf(S3Exception.class);
        there().buckets().admit(taken(project, "ci")).requireHolding();
    }

    @Test
    default void whoHasTakenOnARoleIsHeldToItsNewPolicyAndLosesItWithAnotherTrust() {
        Project project = project(Optional.empty());
        RegisteredRole made = role(project, "ci");
        there().poll();
        Admission admission = there().buckets().admit(taken(project, "ci"));
        change(project, made, made.trust(), Optional.empty());
        there().poll();
        admission.requireHolding();
        assertThat(admission.authority().own()).isEmpty();

        change(project, made, made.trust().replace("\"s\"", "\"t\""), Optional.empty());
        there().poll();
        assertThatThrownBy(admission::requireHolding)
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.INVALID_ACCESS_KEY_ID));
        there().buckets().admit(taken(project, "ci")).requireHolding();
    }

    @Test
    default void whoHasTakenOnARoleLosesItWithTheProject() {
        Project project = project(Optional.empty());
        role(project, "ci");
        there().poll();
        Admission admission = there().buckets().admit(taken(project, "ci"));
        here().projects().archive(project.organizationId(), project.id());
        there().poll();
        assertThat(there().roles().find(project.id(), "ci")).isEmpty();
        assertThatThrownBy(admission::requireHolding).isInstanceOf(S3Exception.class);
    }

    @Test
    default void aRoleHasANameOfItsOwnInItsProject() {
        Project project = project(Optional.empty());
        role(project, "ci");
        assertThatThrownBy(() -> role(project, "ci"))
                .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.reason())
                        .isEqualTo(RegistryException.Reason.NAME_TAKEN));
        role(project(Optional.empty()), "ci");
    }

    @Test
    default void aCredentialWhosePolicyCannotBeReadMayDoNothing() {
        Project project = project(Optional.empty());
        String id = credential(project).accessKeyId();
        String other = credential(project).accessKeyId();
        try (Database raw = Database.open(database().settings().database())) {
            raw.change(handle -> handle.createUpdate(
                            "UPDATE s3_credential SET policy = '{\"Version\":\"2099\"}' WHERE access_key_id = :id")
                    .bind("id", id)
                    .execute());
        }
        here().poll();
        assertThat(here().credentials().find(id)).isEmpty();
        assertThat(here().credentials().find(other)).as("the others go on").isPresent();
    }

    @Test
    default void thePoliciesOfAnOrganizationAreBoundedTogether() {
        Project project = project(Optional.empty());
        Optional<String> large = Optional.of(allowing("s3:GetObject") + " ".repeat(20_000));
        String last = "";
        for (int i = 0; i < 52; i++) {
            last = here().s3Credentials()
                    .create(project.organizationId(), project.id(), "c" + i, large)
                    .credential()
                    .accessKeyId();
        }
        String within = last;
        Optional<String> small = Optional.of(allowing("s3:GetObject"));
        assertBeyondQuota(
                () -> here().s3Credentials().create(project.organizationId(), project.id(), "one more", large));
        here().s3Credentials().change(project.organizationId(), project.id(), within, small);
        String more = here().s3Credentials()
                .create(project.organizationId(), project.id(), "in its place", large)
                .credential()
                .accessKeyId();
        assertBeyondQuota(() -> here().s3Credentials().change(project.organizationId(), project.id(), within, large));
        assertThat(here().s3Credentials()
                        .find(project.id(), within)
                        .orElseThrow()
                        .policy())
                .isEqualTo(small);
        assertThat(allows(here(), more, "s3:GetObject")).isTrue();
    }
}
