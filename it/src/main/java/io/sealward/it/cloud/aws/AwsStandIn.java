package io.sealward.it.cloud.aws;

import io.sealward.it.cloud.StandIn;
import io.sealward.it.cloud.TenantKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;

/** AWS, at one private endpoint. */
public final class AwsStandIn implements StandIn {
    private final FakeAws aws;

    /** Starts it. */
    public AwsStandIn() {
        try {
            aws = FakeAws.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public FakeAws aws() {
        return aws;
    }

    @Override
    public String configuration() {
        return """
                clouds:
                  aws:
                    principal: arn:aws:iam::111122223333:role/sealward
                    access-key: %s
                    secret-key: %s
                    endpoint: %s
                """.formatted(aws.gatewayAccessKeyId(), aws.gatewaySecretAccessKey(), aws.endpoint());
    }

    @Override
    public Key createKey(String organizationId) {
        FakeKey key = aws.createKey("eu-central-1");
        FakeRole role = aws.createRole("sealward-" + UUID.randomUUID())
                .trustWith(organizationId)
                .allow(AwsGrant.useOf(key));
        return new Key(aws, organizationId, key, role);
    }

    @Override
    public Map<String, String> ownAccess(Map<String, String> registration) {
        return aws.signIn(aws.role(registration.get("role_arn")));
    }

    @Override
    public void close() {
        aws.close();
    }

    /** A key, and the role that leads to it. */
    public record Key(FakeAws aws, String organizationId, FakeKey key, FakeRole role) implements TenantKey {
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
        public void destroy() {
            key.scheduleDeletion();
        }

        @Override
        public void restore() {
            key.enable();
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
