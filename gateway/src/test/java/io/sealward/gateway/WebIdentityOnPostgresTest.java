package io.sealward.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.config.AuditConfig;
import io.sealward.gateway.config.CloudsConfig;
import io.sealward.gateway.config.GatewayConfig;
import io.sealward.gateway.config.IssuerConfig;
import io.sealward.gateway.config.KeyCacheConfig;
import io.sealward.gateway.config.MultipartConfig;
import io.sealward.gateway.config.NoticesConfig;
import io.sealward.gateway.config.RegistryConfig;
import io.sealward.gateway.config.S3Listener;
import io.sealward.gateway.config.Secret;
import io.sealward.gateway.config.StoreConfig;
import io.sealward.gateway.config.StsConfig;
import io.sealward.gateway.identity.TestIssuer;
import io.sealward.gateway.loopback.LoopbackStore;
import io.sealward.gateway.registry.Postgres;
import io.sealward.gateway.registry.Registry;
import io.sealward.gateway.registry.RegistrySettings;
import io.sealward.gateway.registry.TestDatabase;
import io.sealward.gateway.registry.table.RegisteredRole;
import io.sealward.gateway.registry.table.S3Roles;
import io.sealward.gateway.sigv4.PayloadPolicy;
import io.sealward.gateway.sigv4.RequestSigner;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.Role;
import io.sealward.providers.OpenersByType;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one PostgreSQL: what an identity token gets at one of them, at the other, and after its role is another one. */
class WebIdentityOnPostgresTest {
    private static final OpenersByType NO_KEKS = new OpenersByType(Map.of());
    private static final String DENYING =
            "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\"}}";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final LoopbackStore store = new LoopbackStore(call ->
            call.respond(200, Map.of(), "<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>".getBytes(UTF_8)));
    private TestDatabase database;
    private TestIssuer issuer;
    private Registry registry;
    private Project project;
    private RegisteredRole role;
    private Gateway here;
    private Gateway there;

    @BeforeEach
    void start() throws IOException {
        database = Postgres.database();
        issuer = new TestIssuer();
        registry = Registry.open(database.settings(), NO_KEKS, Clock.systemUTC());
        project = registry.projects()
                .create(
                        registry.organizations().create("an organization").id(),
                        "a project",
                        Optional.empty(),
                        KeyMode.PER_OBJECT,
                        Optional.empty())
                .project();
        role = registry.s3Roles()
                .create(
                        project.organizationId(),
                        project.id(),
                        new S3Roles.Wanted("ci", trust("repo:*"), Optional.empty(), Duration.ofHours(1)));
        here = gateway();
        there = gateway();
    }

    @AfterEach
    void stop() {
        store.close();
        if (there != null) {
            there.close();
            here.close();
            registry.close();
            issuer.close();
            database.close();
        }
    }

    private String trust(String subject) {
        return "{\"issuer\": \"" + issuer.url() + "\", \"audience\": \"" + TestIssuer.AUDIENCE + "\", \"subject\": \""
                + subject + "\"}";
    }

    private Gateway gateway() {
        RegistrySettings settings = database.settings();
        return Gateway.start(
                new GatewayConfig(
                        S3Listener.loopback(0),
                        StoreConfig.of(URI.create("http://127.0.0.1:" + store.port()), "store-user", "store-secret"),
                        Optional.empty(),
                        List.of(),
                        KeyCacheConfig.DEFAULT,
                        MultipartConfig.DEFAULT,
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        Optional.empty(),
                        Optional.of(RegistryConfig.of(
                                settings.database().jdbcUrl(),
                                settings.database().user(),
                                new Secret(""),
                                new Secret("0123456789abcdef-secret"))),
                        NoticesConfig.NONE,
                        AuditConfig.NONE,
                        CloudsConfig.NONE,
                        new StsConfig(
                                List.of(new Secret("a token key of the test")),
                                List.of(new IssuerConfig(
                                        issuer.url(), Optional.empty(), Optional.empty(), Optional.empty())))),
                NO_KEKS);
    }

    private static String host(Gateway gateway) {
        return "127.0.0.1:" + gateway.s3Address().getPort();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.timeout(Duration.ofMinutes(2)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> assume(Gateway gateway) throws Exception {
        String form = "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleSessionName=job&RoleArn="
                + URLEncoder.encode(Role.arn(project.organizationId(), project.id(), role.name()), UTF_8)
                + "&WebIdentityToken=" + issuer.token();
        return send(HttpRequest.newBuilder(URI.create("http://" + host(gateway)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private static String value(HttpResponse<String> answer, String name) {
        Matcher value = Pattern.compile("<" + name + ">([^<]+)</" + name + ">").matcher(answer.body());
        assertThat(value.find()).as(answer.body()).isTrue();
        return value.group(1);
    }

    /** A listing of the project's buckets, as who has been given these credentials. */
    private static HttpResponse<String> list(Gateway gateway, HttpResponse<String> given) throws Exception {
        HttpHeaders headers = new DefaultHttpHeaders()
                .set("Host", host(gateway))
                .set("x-amz-security-token", value(given, "SessionToken"));
        new RequestSigner(value(given, "AccessKeyId"), value(given, "SecretAccessKey"), "us-east-1", Clock.systemUTC())
                .sign(HttpMethod.GET, "/", headers, PayloadPolicy.UNSIGNED_PAYLOAD);
        headers.remove("Host"); // the client's own
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + host(gateway) + "/"));
        headers.forEach(header -> request.header(header.getKey(), header.getValue()));
        return send(request);
    }

    @Test
    void whatOneNodeHasGivenTheOtherTakesAsLongAsTheRoleIsTheSame() throws Exception {
        HttpResponse<String> given = assume(here);
        assertThat(given.statusCode()).as(given.body()).isEqualTo(200);
        assertThat(list(there, given).body()).contains("<ListAllMyBucketsResult");
        assertThat(value(assume(there), "AccessKeyId"))
                .as("the token, at the other node")
                .isNotEqualTo(value(given, "AccessKeyId"));

        change(role.trust(), Optional.of(DENYING));
        for (Gateway gateway : List.of(here, there)) {
            Eventually.holds(() -> assertThat(list(gateway, given).body())
                    .contains("<Code>AccessDenied</Code>", "s3:ListAllMyBuckets"));
        }

        change(trust("somebody else"), Optional.empty());
        for (Gateway gateway : List.of(here, there)) {
            Eventually.holds(() -> assertThat(list(gateway, given).body()).contains("<Code>InvalidAccessKeyId</Code>"));
            assertThat(assume(gateway).body()).contains("<Code>AccessDenied</Code>");
        }
    }

    private void change(String trust, Optional<String> policy) {
        registry.s3Roles()
                .change(
                        project.organizationId(),
                        project.id(),
                        role.id(),
                        old -> new RegisteredRole(
                                old.id(), old.projectId(), old.name(), trust, policy, old.longest(), old.createdAt()));
    }
}
