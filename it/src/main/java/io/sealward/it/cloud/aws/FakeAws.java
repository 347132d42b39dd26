package io.sealward.it.cloud.aws;

import com.sun.net.httpserver.HttpServer;
import io.sealward.it.cloud.DaemonThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An AWS on a loopback port that knows one caller, the gateway, and any number of tenants' roles and keys. It verifies
 * every signature, session, ExternalId, policy and encryption context that it is sent. Thread-safe.
 *
 * <pre>{@code
 * try (FakeAws aws = FakeAws.start()) {
 *     FakeKey key = aws.createKey("eu-central-1");
 *     FakeRole role = aws.createRole("sealward").trustWith("org-1").allow(AwsGrant.useOf(key));
 * }
 * }</pre>
 */
public final class FakeAws implements AutoCloseable {
    private static final String TENANT_ACCOUNT = "123456789012";

    private final Account account =
            new Account(new SigningKey("AKIASEALWARDGATEWAY", UUID.randomUUID().toString()));
    private final PlannedFaults faults = new PlannedFaults();
    private final AwsCalls calls = new AwsCalls();
    private final Sts sts = new Sts(account);
    private final ExecutorService threads;
    private final HttpServer server;

    private FakeAws() throws IOException {
        threads = Executors.newCachedThreadPool(DaemonThreads.named("fake-aws"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", new AwsFront(sts, new Kms(account), faults, calls));
        server.start();
    }

    public static FakeAws start() throws IOException {
        return new FakeAws();
    }

    /** The address of STS and of KMS, in every region. */
    public URI endpoint() {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://" + address.getHostString() + ":" + address.getPort());
    }

    public String gatewayAccessKeyId() {
        return account.gateway().accessKeyId();
    }

    public String gatewaySecretAccessKey() {
        return account.gateway().secret();
    }

    /** A new enabled key of the tenants' account. */
    public FakeKey createKey(String region) {
        return account.add(new FakeKey("arn:aws:kms:" + region + ":" + TENANT_ACCOUNT + ":key/" + UUID.randomUUID()));
    }

    /** A new role that nobody may assume and that allows nothing. */
    public FakeRole createRole(String name) {
        return account.add(new FakeRole("arn:aws:iam::" + TENANT_ACCOUNT + ":role/" + name));
    }

    public FakeKey key(String arn) {
        return account.key(arn).orElseThrow(() -> new IllegalArgumentException("no key " + arn));
    }

    public FakeRole role(String arn) {
        return account.role(arn).orElseThrow(() -> new IllegalArgumentException("no role " + arn));
    }

    /** What goes wrong with calls to any key or role. */
    public PlannedFaults faults() {
        return faults;
    }

    /** How many calls of an operation arrived, failed ones included. */
    public int calls(AwsOperation operation) {
        return calls.of(operation);
    }

    /** Returns once so many calls of an operation arrived. */
    public void awaitCalls(AwsOperation operation, int count) throws InterruptedException {
        calls.await(operation, count);
    }

    /** Credentials of somebody with the role's permissions, as environment variables. */
    public Map<String, String> signIn(FakeRole role) {
        AssumedRole session =
                sts.open(role, "person", Optional.empty(), Instant.now().plus(Duration.ofHours(12)));
        return Map.of(
                "AWS_ACCESS_KEY_ID",
                session.key().accessKeyId(),
                "AWS_SECRET_ACCESS_KEY",
                session.key().secret(),
                "AWS_SESSION_TOKEN",
                session.token(),
                "AWS_ENDPOINT_URL_KMS",
                endpoint().toString());
    }

    /** What the session policy of a role's latest session allows; empty if it had none. */
    public List<AwsGrant> lastSessionPolicy(FakeRole role) {
        return account.lastSession(role).flatMap(AssumedRole::policy).orElse(List.of());
    }

    /** Every session given out so far is past its end from now on. */
    public void expireSessions() {
        account.endSessions();
    }

    /** Every session given out so far is unknown from now on. */
    public void forgetSessions() {
        account.forgetSessions();
    }

    /** Sessions given out from now on last so long, whatever is asked for. */
    public void sessionsLast(Duration life) {
        sts.sessionsLast(life);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
