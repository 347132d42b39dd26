package io.sealward.providers.aws;

import io.sealward.providers.KmsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * The gateway's own credentials. They may come from STS too, and what it says of them must not pass for its answer about a
 * tenant's role. Closing a client leaves them open.
 */
record OwnCredentials(AwsCredentialsProvider source) implements AwsCredentialsProvider {
    private static final Logger LOG = LoggerFactory.getLogger(OwnCredentials.class);

    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return source.resolveCredentials();
        } catch (RuntimeException missing) {
            String reason = missing instanceof AwsServiceException refused ? AwsFaults.code(refused) : "see its log";
            // What was looked for, and where, is the operator's to know; the answer goes to a tenant.
            LOG.warn("The gateway's own AWS credentials can not be had: {}", missing.getMessage());
            throw KmsException.ofGateway("The gateway's own AWS credentials cannot be had: " + reason + ".");
        }
    }
}
