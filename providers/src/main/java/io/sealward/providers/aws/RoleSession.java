package io.sealward.providers.aws;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/**
 * The assumed role: one session for all calls, renewed before it ends. Taking the role's trust away does not end a
 * session that lives, so it is as short as STS allows.
 */
final class RoleSession {
    /** The shortest that STS grants (AssumeRole, DurationSeconds). */
    private static final int SESSION_SECONDS = 900;

    private static final Duration RENEW_BEFORE_END = Duration.ofMinutes(5);
    private static final Duration USELESS_BEFORE_END = Duration.ofMinutes(1);

    private final StsClient sts;
    private final AwsKeySpec spec;
    private final AtomicReference<StsAssumeRoleCredentialsProvider> current;

    RoleSession(StsClient sts, AwsKeySpec spec) {
        this.sts = sts;
        this.spec = spec;
        current = new AtomicReference<>(fresh());
    }

    /** Makes a call under the session, and once more under a new one if KMS says that the session is over. */
    <T> T call(Function<AwsCredentialsProvider, T> call) {
        StsAssumeRoleCredentialsProvider session = current.get();
        try {
            return call.apply(session);
        } catch (AwsServiceException refused) {
            if (!AwsFaults.sessionOver(refused)) {
                throw refused;
            }
            // Of all the calls that the old session failed, one replaces it.
            current.compareAndSet(session, fresh());
            return call.apply(current.get());
        }
    }

    /** The request that must succeed; the registration check sends it with other external ids as well. */
    static AssumeRoleRequest.Builder request(AwsKeySpec spec) {
        return AssumeRoleRequest.builder()
                .roleArn(spec.roleArn())
                .externalId(spec.externalId())
                .roleSessionName(spec.sessionName())
                .durationSeconds(SESSION_SECONDS)
                .policy(spec.sessionPolicy());
    }

    private StsAssumeRoleCredentialsProvider fresh() {
        return StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(request(spec).build())
                .prefetchTime(RENEW_BEFORE_END)
                .staleTime(USELESS_BEFORE_END)
                .asyncCredentialUpdateEnabled(false)
                .build();
    }
}
