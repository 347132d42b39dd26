package io.sealward.gateway.registry.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.gateway.registry.KeystoreOpener;
import io.sealward.gateway.registry.Polls;
import io.sealward.gateway.registry.Registry;
import io.sealward.gateway.registry.RegistrySettings;
import io.sealward.gateway.registry.TestDatabase;
import io.sealward.gateway.registry.database.Database;
import io.sealward.gateway.registry.database.RegistryException;
import io.sealward.gateway.registry.table.ProjectRows;
import io.sealward.gateway.registry.table.Projects;
import io.sealward.gateway.registry.table.S3Credentials;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.S3Credential;
import io.sealward.gateway.tenant.StoreCredential;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key of a registry is exchanged while gateways use it. */
abstract class KeyRotationTest {
    private static final byte[] OLD = "the key that is old".getBytes(UTF_8);
    private static final byte[] NEW = "the key that is new".getBytes(UTF_8);
    private static final int BATCH = 3;
    private static final int CREDENTIALS = 10;

    @TempDir
    Path directory;

    private TestDatabase database;
    private KeystoreOpener opener;
    private Database direct;
    private Project project;
    private StoreCredential own = new StoreCredential("own-user", "own-secret");
    private final List<S3Credential> credentials = new ArrayList<>();

    abstract TestDatabase newDatabase();

    @BeforeEach
    void fill() {
        database = newDatabase();
        opener = new KeystoreOpener(directory.resolve("keys.bcfks"));
        direct = Database.open(database.settings().database());
        try (Registry registry = open(OLD)) {
            String organization = registry.organizations().create("one").id();
            project = registry.projects()
                    .create(organization, "p", Optional.empty(), KeyMode.PER_OBJECT, Optional.of(own))
                    .project();
            for (int i = 0; i < CREDENTIALS; i++) {
                credentials.add(newCredential(registry));
            }
        }
    }

    @AfterEach
    void close() {
        if (opener != null) {
            direct.close();
            opener.close();
        }
    }

    @Test
    void everythingIsUnderTheNewKeyAloneThen() {
        KeyRotation rotation = rotation(NEW, OLD);
        assertThat(rotation.remaining()).hasSize(CREDENTIALS + 1).contains("project " + project.id() + " own-user");
        assertThat(rotation.run()).isEqualTo(CREDENTIALS + 2); // and the mark of the key
        assertThat(rotation.remaining()).isEmpty();
        assertThat(rotation.run()).isZero();

        assertThatAllWorksUnder(NEW);
        assertThatThrownBy(() -> open(OLD)).isInstanceOf(RegistryException.class);
    }

    @Test
    void brokenOffInATransactionItLosesNothingAndGoesOnWhereItIsBegunAgain() {
        EncryptedColumn column = S3Credentials.SECRET;
        KeyRotation killed = rotation(NEW, OLD);
        Optional<EncryptedColumn.Value> first = direct.append(handle -> killed.step(handle, column, Optional.empty()))
                .last();
        assertThatThrownBy(() -> direct.append(handle -> {
                    assertThat(killed.step(handle, column, first).changed()).isEqualTo(BATCH);
                    throw new Killed();
                }))
                .isInstanceOf(Killed.class);

        KeyRotation next = rotation(NEW, OLD);
        assertThat(next.remaining()).hasSize(CREDENTIALS + 1 - BATCH);
        assertThat(next.run()).isEqualTo(CREDENTIALS + 2 - BATCH);
        assertThatAllWorksUnder(NEW);
    }

    @Test
    void gatewaysGoOnMeanwhileAndWhatTheyWriteStays() {
        List<S3Credential> made = new ArrayList<>();
        try (Registry here = open(NEW, OLD);
                Registry behind = open(OLD, NEW)) { // which has not heard of the change of the first key
            CompletableFuture<Integer> rotation =
                    CompletableFuture.supplyAsync(() -> rotation(NEW, OLD).run());
            for (int i = 0; i < CREDENTIALS; i++) {
                made.add(newCredential(here));
                made.add(newCredential(behind));
            }
            own = new StoreCredential("own-user", "new-secret");
            here.projects()
                    .update(
                            project.organizationId(),
                            project.id(),
                            new Projects.Update(
                                    Optional.of("renamed"),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.of(Optional.of(own))));
            rotation.join();
            Polls.poll(here);
            Polls.poll(behind);
            for (S3Credential credential : made) {
                assertThat(here.credentials().find(credential.accessKeyId())).isPresent();
                assertThat(behind.credentials().find(credential.accessKeyId())).isPresent();
            }
        }
        rotation(NEW, OLD).run();
        credentials.addAll(made);
        assertThatAllWorksUnder(NEW);
    }

    @Test
    void aValueThatIsWrittenMeanwhileIsNotOverwritten() {
        RowCipher cipher = new RowCipher(List.of(NEW, OLD));
        EncryptedColumn column = S3Credentials.SECRET;
        EncryptedColumn.Value stale =
                direct.read(handle -> column.next(handle, Optional.empty(), 1).get(0));
        byte[] others = cipher.seal("another".getBytes(UTF_8), stale.row());
        assertThat(direct.<Boolean>append(handle -> column.replace(handle, stale, others)))
                .isTrue();
        assertThat(direct.<Boolean>append(handle -> column.replace(handle, stale, stale.sealed())))
                .isFalse();
    }

    @Test
    void aKeyThatIsTakenAwayTooEarlyIsMissedByName() {
        direct.append(handle -> rotation(NEW, OLD).step(handle, S3Credentials.SECRET, Optional.empty()));
        List<String> left = rotation(NEW, OLD).remaining();

        assertThatThrownBy(() -> open(NEW))
                .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.reason())
                        .isEqualTo(RegistryException.Reason.WRONG_SECRET))
                .hasMessageContaining("encrypted under another key")
                .hasMessageContaining(left.size() + " of its rows need that key: " + left.get(0));
        assertThatAllWorksUnder(NEW, OLD);
    }

    private KeyRotation rotation(byte[]... keys) {
        return new KeyRotation(
                direct, new RowCipher(List.of(keys)), List.of(S3Credentials.SECRET, ProjectRows.SECRET), BATCH);
    }

    private Registry open(byte[] key, byte[]... former) {
        RegistrySettings usual = database.settings();
        RegistrySettings settings = new RegistrySettings(
                usual.database(), List.of(key), usual.quotas(), usual.pollInterval(), usual.lease(), usual.rest());
        return Registry.open(settings.withFormer(List.of(former)), opener, Clock.systemUTC());
    }

    private S3Credential newCredential(Registry registry) {
        return registry.s3Credentials()
                .create(project.organizationId(), project.id(), "c")
                .credential();
    }

    private void assertThatAllWorksUnder(byte[] key, byte[]... former) {
        try (Registry registry = open(key, former)) {
            for (S3Credential credential : credentials) {
                assertThat(registry.credentials().find(credential.accessKeyId()))
                        .hasValueSatisfying(found -> {
                            assertThat(found.secretAccessKey()).isEqualTo(credential.secretAccessKey());
                            assertThat(found.project().storeCredential()).contains(own);
                        });
            }
        }
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
