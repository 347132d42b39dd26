package io.sealward.it.tenant;

import io.sealward.gateway.cloud.AwsKeks;
import io.sealward.gateway.registry.KekOpener;
import io.sealward.gateway.registry.KeyType;
import io.sealward.it.cloud.aws.AwsFault;
import io.sealward.it.cloud.aws.AwsGrant;
import io.sealward.it.cloud.aws.AwsOperation;
import io.sealward.it.cloud.aws.FakeAws;
import io.sealward.it.cloud.aws.FakeKey;
import io.sealward.it.cloud.aws.FakeRole;
import io.sealward.providers.aws.AwsEndpoints;
import io.sealward.providers.aws.AwsIdentity;
import io.sealward.providers.aws.AwsSettings;
import io.sealward.providers.resilience.CallLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

final class AwsTestCloud implements TestCloud {
    private static final Duration ATTEMPT = Duration.ofSeconds(5);
    private static final CallLimits LIMITS = new CallLimits(16, 256, 2, Duration.ofSeconds(20), Duration.ofMillis(1));

    private final FakeAws aws = start();

    private static FakeAws start() {
        try {
            return FakeAws.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public KeyType type() {
        return KeyType.AWS;
    }

    @Override
    public KekOpener opener() {
        AwsIdentity gateway = AwsIdentity.of(aws.gatewayAccessKeyId(), aws.gatewaySecretAccessKey());
        return new AwsKeks(new AwsSettings(gateway, AwsEndpoints.at(aws.endpoint()), LIMITS, ATTEMPT));
    }

    @Override
    public TenantKey createKey(String organizationId) {
        return key(organizationId);
    }

    /** The confused deputy's role. */
    @Override
    public Refusal refusal(String organizationId) {
        Key key = key(organizationId);
        key.role.trustWithoutExternalId();
        return new Refusal(key, List.of("without an ExternalId", "\"sts:ExternalId\":\"" + organizationId + "\""));
    }

    @Override
    public List<String> secrets() {
        return List.of(aws.gatewaySecretAccessKey());
    }

    @Override
    public void close() {
        aws.close();
    }

    private Key key(String organizationId) {
        FakeKey key = aws.createKey("eu-central-1");
        FakeRole role = aws.createRole("sealward-" + UUID.randomUUID())
                .trustWith(organizationId)
                .allow(AwsGrant.useOf(key));
        return new Key(aws, organizationId, key, role);
    }

    private record Key(FakeAws aws, String organizationId, FakeKey key, FakeRole role) implements TenantKey {
        @Override
        public Map<String, String> registration() {
            return Map.of("role_arn", role.arn(), "kms_arn", key.arn(), "external_id", organizationId);
        }

        @Override
        public String keyId() {
            return key.arn();
        }

        @Override
        public void disable() {
            key.disable();
        }

        @Override
        public void enable() {
            key.enable();
        }

        @Override
        public void deny() {
            role.allow();
        }

        @Override
        public void allow() {
            role.allow(AwsGrant.useOf(key));
        }

        @Override
        public void throttle() {
            all(AwsFault.throttle());
        }

        @Override
        public void cutOff() {
            all(AwsFault.drop());
        }

        private void all(AwsFault fault) {
            key.faults().always(AwsOperation.ENCRYPT, fault);
            key.faults().always(AwsOperation.DECRYPT, fault);
        }

        @Override
        public void recover() {
            key.faults().clear();
        }

        @Override
        public long calls() {
            return (long) aws.calls(AwsOperation.ENCRYPT) + aws.calls(AwsOperation.DECRYPT);
        }
    }
}
