package io.sealward.gateway.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.gateway.audit.AuditLog;
import io.sealward.gateway.registry.database.Database;
import io.sealward.gateway.registry.database.RegistryException;
import io.sealward.gateway.registry.encryption.EncryptedColumn;
import io.sealward.gateway.registry.encryption.KeyRotation;
import io.sealward.gateway.registry.encryption.RowCipher;
import io.sealward.gateway.registry.snapshot.Snapshots;
import io.sealward.gateway.registry.table.AdminKeys;
import io.sealward.gateway.registry.table.AuditEntries;
import io.sealward.gateway.registry.table.AuditPruning;
import io.sealward.gateway.registry.table.BucketClaims;
import io.sealward.gateway.registry.table.ExternalKeys;
import io.sealward.gateway.registry.table.KeyDenials;
import io.sealward.gateway.registry.table.Organizations;
import io.sealward.gateway.registry.table.ProjectRows;
import io.sealward.gateway.registry.table.Projects;
import io.sealward.gateway.registry.table.S3Credentials;
import io.sealward.gateway.registry.table.S3Roles;
import io.sealward.gateway.registry.table.TableAccess;
import io.sealward.gateway.registry.table.TrailAnchors;
import io.sealward.gateway.tenant.Buckets;
import io.sealward.gateway.tenant.Credentials;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.Roles;
import io.sealward.gateway.trail.Anchors;
import io.sealward.providers.KekOpener;
import io.sealward.providers.resilience.BoundedThreads;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open registry. Its views for the data path ({@link #credentials}, {@link #roles}, {@link #buckets}, {@link #keks})
 * answer from memory, and refuse when the database has not answered for longer than the lease; all else talks to the
 * database, blocks, and throws {@link RegistryException}. A change is seen by this gateway when the call returns, if the
 * database still answers, and by the others within the poll interval.
 */
public final class Registry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Registry.class);
    private static final int AUDIT_QUEUE = 10_000;
    private static final int CLAIM_THREADS = 2;
    private static final int CLAIM_QUEUE = 1_000;
    private static final int ROWS_NAMED = 10;
    private static final List<EncryptedColumn> ENCRYPTED = List.of(S3Credentials.SECRET, ProjectRows.SECRET);

    private final Database database;
    private final Snapshots snapshots;
    private final AuditEntries auditEntries;
    private final AuditLog audit;
    private final ThreadPoolExecutor claimExecutor;
    private final Organizations organizations;
    private final AdminKeys adminKeys;
    private final ExternalKeys externalKeys;
    private final Projects projects;
    private final S3Credentials s3Credentials;
    private final S3Roles s3Roles;
    private final BucketClaims bucketClaims;
    private final Buckets buckets;
    private final KeyRotation keyRotation;
    private final KeyDenials keyDenials;
    private final Clock clock;

    private Registry(Database database, RegistrySettings settings, RowCipher cipher, KekOpener opener, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.snapshots = new Snapshots(database, cipher, opener, settings.lease());
        this.auditEntries = new AuditEntries(database);
        this.audit = new AuditLog(auditEntries, clock, AUDIT_QUEUE);
        this.claimExecutor = BoundedThreads.of("sealward-bucket-claims", CLAIM_THREADS, CLAIM_QUEUE);
        TableAccess access = new TableAccess(database, snapshots, settings.quotas(), clock);
        this.organizations = new Organizations(access);
        this.adminKeys = new AdminKeys(access, audit, snapshots::adminKey);
        this.externalKeys = new ExternalKeys(access);
        this.projects = new Projects(access, new ProjectRows(cipher));
        this.s3Credentials = new S3Credentials(access, projects, cipher);
        this.s3Roles = new S3Roles(access, projects);
        this.bucketClaims = new BucketClaims(access, projects, settings.rest());
        this.keyRotation = rotation(database, cipher);
        this.keyDenials = new KeyDenials(database);
        this.buckets = snapshots.buckets(bucketClaims, audit, claimExecutor);
    }

    private static KeyRotation rotation(Database database, RowCipher cipher) {
        return new KeyRotation(database, cipher, ENCRYPTED, KeyRotation.BATCH);
    }

    /**
     * Opens the database, migrates it, checks the secrets and loads the first snapshot; then wipes the settings' secrets.
     * If it is embedded and has former secrets, what is under them is re-encrypted first.
     *
     * @throws RegistryException if any of that fails
     */
    public static Registry open(RegistrySettings settings, KekOpener opener, Clock clock) {
        Database database = Database.open(settings.database());
        try {
            RowCipher cipher = new RowCipher(settings.secrets());
            KeyRotation rotation = rotation(database, cipher);
            requireKey(database, cipher, rotation);
            if (settings.database().isEmbedded()
                    && settings.secrets().size() > 1) { // nobody else can open it meanwhile
                LOG.info(
                        "re-encrypted {} rows of the registry, {} are left",
                        rotation.run(),
                        rotation.remaining().size());
            }
            Registry registry = new Registry(database, settings, cipher, opener, clock);
            try {
                registry.snapshots.start(settings.pollInterval());
                registry.keyDenials.start(settings.pollInterval().dividedBy(4));
                return registry;
            } catch (RuntimeException e) {
                registry.close();
                throw e;
            }
        } catch (RuntimeException e) {
            database.close();
            throw e;
        } finally {
            settings.wipe();
        }
    }

    private static void requireKey(Database database, RowCipher cipher, KeyRotation rotation) {
        byte[] stored = database.append(handle -> {
            handle.createUpdate("UPDATE registry_state SET secret_check = :check WHERE id = 1 AND secret_check IS NULL")
                    .bind("check", cipher.seal("sealward".getBytes(UTF_8), EncryptedColumn.CHECK.table()))
                    .execute();
            return handle.createQuery("SELECT secret_check FROM registry_state WHERE id = 1")
                    .mapTo(byte[].class)
                    .one();
        });
        if (cipher.find(stored, EncryptedColumn.CHECK.table()).isEmpty()) {
            List<String> lost = rotation.lost();
            throw new RegistryException(
                    RegistryException.Reason.WRONG_SECRET,
                    "the registry was encrypted under another key than the configured ones"
                            + (lost.isEmpty() ? "" : "; " + lost.size() + " of its rows need that key: " + some(lost)));
        }
    }

    private static String some(List<String> rows) {
        return String.join(", ", rows.subList(0, Math.min(rows.size(), ROWS_NAMED)))
                + (rows.size() > ROWS_NAMED ? ", ..." : "");
    }

    /** Access keys of active projects. */
    public Credentials credentials() {
        return snapshots.credentials();
    }

    /** Of active projects. */
    public Roles roles() {
        return snapshots.roles();
    }

    /** Claims fail with an {@link io.sealward.gateway.s3.S3Exception}. */
    public Buckets buckets() {
        return buckets;
    }

    /**
     * Who is told the id of each external key whose registration goes, on whichever gateway it was removed. A key that
     * came and went between two polls was never open here, so there is nothing to tell.
     */
    public void whenKeyRemoved(Consumer<String> listener) {
        snapshots.whenKeyRemoved(listener);
    }

    /** {@code byDefault} seals for projects without a key of their own; if empty, they are refused. */
    public Keks keks(Optional<Keks.Registered> byDefault) {
        return snapshots.keks(byDefault);
    }

    public Organizations organizations() {
        return organizations;
    }

    public AdminKeys adminKeys() {
        return adminKeys;
    }

    public ExternalKeys externalKeys() {
        return externalKeys;
    }

    public Projects projects() {
        return projects;
    }

    public S3Credentials s3Credentials() {
        return s3Credentials;
    }

    public S3Roles s3Roles() {
        return s3Roles;
    }

    public BucketClaims bucketClaims() {
        return bucketClaims;
    }

    /** What takes the registry from its former secrets to the one of today. */
    public KeyRotation keyRotation() {
        return keyRotation;
    }

    /** What gateways on this registry tell each other of keys. */
    public KeyDenials keyDenials() {
        return keyDenials;
    }

    public AuditLog audit() {
        return audit;
    }

    public AuditEntries auditEntries() {
        return auditEntries;
    }

    /** Deletes entries of the audit log that are older, until it is closed. */
    public AuditPruning pruneAudit(Duration older) {
        AuditPruning pruning = new AuditPruning(database, clock, older);
        pruning.start();
        return pruning;
    }

    /** Where the ends of the gateways' audit trails are kept. */
    public Anchors trailAnchors() {
        return new TrailAnchors(database);
    }

    /** How long ago the database last confirmed what is in memory: a few seconds at most while it answers. */
    public Duration age() {
        return snapshots.age();
    }

    /** Whether the database has not answered for so long that every S3 request is refused. */
    public boolean leaseIsOver() {
        return snapshots.leaseIsOver();
    }

    /** Looks now for what others have changed. */
    void poll() {
        snapshots.poll();
        keyDenials.look();
    }

    /** Lets go of every key, writes what waits for the audit log, then lets go of the database. */
    @Override
    public void close() {
        snapshots.close();
        keyDenials.close();
        claimExecutor.shutdown();
        audit.close();
        database.close();
    }
}
