package io.sealward.providers.aws;

import io.sealward.providers.KmsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * The gateway's own AWS credentials, from {@code source}. If they cannot be had, the fault is the gateway's
 * ({@link KmsException#ofGateway}): they may come from STS, and its answer about them must not pass for one about a tenant's
 * role. Closing an AWS client does not close the source.
 */
record GatewayCredentials(AwsCredentialsProvider source) implements AwsCredentialsProvider {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayCredentials.class);

    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return source.resolveCredentials();
        } catch (RuntimeException missing) {
            String reason = missing instanceof AwsServiceException refused ? AwsFaults.code(refused) : "see its log";
            // What was looked for, and where, is the operator's to know; the answer goes to a tenant.
            LOG.warn("The gateway's own AWS credentials cannot be had: {}", missing.getMessage());
            throw KmsException.ofGateway("The gateway's own AWS credentials cannot be had: " + reason + ".");
        }
    }
}
