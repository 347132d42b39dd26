package io.sealward.gateway.assembly;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.internal.PlatformDependent;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.budget.RequestMemory;
import io.sealward.gateway.certificate.ForwardSecrecy;
import io.sealward.gateway.certificate.ServingCertificates;
import io.sealward.gateway.config.CredentialConfig;
import io.sealward.gateway.config.IssuerConfig;
import io.sealward.gateway.config.LimitsConfig;
import io.sealward.gateway.config.S3Listener;
import io.sealward.gateway.config.StoreConfig;
import io.sealward.gateway.config.StsConfig;
import io.sealward.gateway.front.FrontLimits;
import io.sealward.gateway.front.FrontSettings;
import io.sealward.gateway.identity.Issuer;
import io.sealward.gateway.store.FolderKeys;
import io.sealward.gateway.store.StoreSettings;
import io.sealward.gateway.tenant.StoreCredential;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Turns configuration into what the two sides of the gateway are started with. */
public final class Settings {
    /** A key of 1024 bytes, each escaped, an upload id of 1.5 KB and a presigned query. */
    private static final int MAX_REQUEST_LINE_BYTES = 16 << 10;

    /** The largest request line, a table of 256 fields, and the connection's own objects. */
    private static final int HEAP_BYTES_OF_CONNECTION = 64 << 10;

    /** As they are read, as strings, and as what is made of them. */
    private static final int HEAP_BYTES_OF_HEADER_BYTE = 4;

    /** Shorter than any store's own, so that a pooled connection is rarely one that was just closed. */
    private static final Duration STORE_IDLE_TIMEOUT = Duration.ofSeconds(4);

    private Settings() {}

    /** Of the S3 listener, which serves with its certificate, if it has one, from {@code certificates}. */
    public static FrontSettings front(S3Listener listener, ServingCertificates certificates) {
        return new FrontSettings(
                new InetSocketAddress(listener.host(), listener.port()),
                listener.tls().map(certificates::of),
                limits(listener.limits()));
    }

    private static FrontLimits limits(LimitsConfig limits) {
        int connections = limits.connections().orElseGet(() -> connectionsThatFit(limits.headerSize()));
        return new FrontLimits(
                MAX_REQUEST_LINE_BYTES,
                limits.headerSize(),
                limits.idleTimeout(),
                limits.bodyRate(),
                connections,
                limits.connectionsPerAddress().orElse(Math.max(1, connections / 2)));
    }

    private static int connectionsThatFit(long headerSize) {
        long each = HEAP_BYTES_OF_CONNECTION + HEAP_BYTES_OF_HEADER_BYTE * headerSize;
        return (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / each);
    }

    /** For all requests under way, whatever the clients do. */
    public static Budget requestMemory() {
        return new Budget(RequestMemory.inAll(Runtime.getRuntime().maxMemory(), PlatformDependent.maxDirectMemory()));
    }

    /** Of the way to the store. */
    public static StoreSettings store(StoreConfig store) {
        URI endpoint = store.endpoint();
        boolean https = endpoint.getScheme().equals("https");
        int port = endpoint.getPort() >= 0 ? endpoint.getPort() : https ? 443 : 80;
        return new StoreSettings(
                endpoint.getHost(),
                port,
                https ? Optional.of(clientTls(store.trustedCertificates())) : Optional.empty(),
                store.addressing() == StoreConfig.Addressing.PATH,
                new StoreSettings.Timeouts(store.connectTimeout(), store.responseTimeout(), STORE_IDLE_TIMEOUT),
                switch (store.folderKeys()) {
                    case MARKERS -> FolderKeys.MARKERS;
                    case OBJECTS -> FolderKeys.OBJECTS;
                },
                new StoreSettings.AtOnce(
                        store.atOnce().requests(), store.atOnce().listings()));
    }

    /** The gateway's own. */
    public static StoreCredential credential(StoreConfig store) {
        return new StoreCredential(store.accessKey(), store.secretKey().value());
    }

    /** The secrets that session tokens are sealed under, the first to be used. */
    public static List<byte[]> tokenKeys(StsConfig sts) {
        return sts.tokenKeys().stream()
                .map(secret -> secret.value().getBytes(UTF_8))
                .toList();
    }

    /** Whose identity tokens are taken. */
    public static List<Issuer> issuers(StsConfig sts) {
        return sts.issuers().stream()
                .map(issuer -> new Issuer(issuer.issuer(), keys(issuer), issuer.trustedCertificates()))
                .toList();
    }

    private static Issuer.Keys keys(IssuerConfig issuer) {
        return issuer.jwksUri()
                .<Issuer.Keys>map(Issuer.Keys.At::new)
                .or(() -> issuer.jwksFile().map(Issuer.Keys.InFile::new))
                .orElseGet(Issuer.Keys.Discovered::new);
    }

    /** A project's own. */
    public static StoreCredential credential(CredentialConfig store) {
        return new StoreCredential(store.accessKey(), store.secretKey().value());
    }

    private static SslContext clientTls(Optional<Path> authorities) {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient()
                    .protocols("TLSv1.3", "TLSv1.2")
                    .ciphers(ForwardSecrecy.SUITES, SupportedCipherSuiteFilter.INSTANCE)
                    .endpointIdentificationAlgorithm("HTTPS");
            authorities.ifPresent(pem -> builder.trustManager(pem.toFile()));
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalStateException("the store's trusted certificates cannot be used: " + e.getMessage(), e);
        }
    }
}
