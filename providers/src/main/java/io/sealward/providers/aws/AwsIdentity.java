package io.sealward.providers.aws;

import static java.util.Objects.requireNonNull;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Who the gateway itself is to AWS: the principal that tenants name in their trust policies. */
public sealed interface AwsIdentity {
    /** Found by the SDK's default chain: environment, web identity, profile, container, instance. */
    static AwsIdentity fromEnvironment() {
        return new FromEnvironment(DefaultCredentialsProvider.builder().build());
    }

    /** One fixed access key. */
    static AwsIdentity of(String accessKeyId, String secretAccessKey) {
        return new AccessKey(accessKeyId, secretAccessKey);
    }

    /** The provider of this identity's credentials, which all KEKs share; expiring ones are renewed. */
    AwsCredentialsProvider credentials();

    record FromEnvironment(AwsCredentialsProvider credentials) implements AwsIdentity {
        public FromEnvironment {
            requireNonNull(credentials, "credentials");
        }
    }

    /** Prints as its id alone. */
    record AccessKey(String accessKeyId, String secretAccessKey) implements AwsIdentity {
        public AccessKey {
            requireNonNull(accessKeyId, "accessKeyId");
            requireNonNull(secretAccessKey, "secretAccessKey");
        }

        @Override
        public AwsCredentialsProvider credentials() {
            return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secretAccessKey));
        }

        @Override
        public String toString() {
            return "AccessKey[" + accessKeyId + "]";
        }
    }
}
