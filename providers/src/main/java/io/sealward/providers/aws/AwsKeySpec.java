package io.sealward.providers.aws;

import io.sealward.providers.InvalidKeySpecException;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * A tenant's key in AWS KMS and the way to it. Only what has the exact form of an AWS name gets in, so that no input of a
 * tenant can choose another host than AWS's own.
 *
 * @param roleArn the role in the tenant's account that may use the key
 * @param kmsArn the key, by its key ARN; its region is where STS and KMS are called
 * @param externalId what the role's trust policy asks for, against the confused deputy
 */
public record AwsKeySpec(String roleArn, String kmsArn, String externalId) {
    /** What is told of a {@code roleArn} that is none. */
    public static final String EXPECTED_ROLE =
            "Expected the ARN of an IAM role, as in 'arn:aws:iam::123456789012:role/name'.";

    /** What is told of a {@code kmsArn} that is none. */
    public static final String EXPECTED_KEY =
            "Expected the ARN of a KMS key, as in 'arn:aws:kms:REGION:ACCOUNT:key/UUID', with a slash before the key's UUID or"
                    + " mrk- id. Aliases are not accepted: pointing one at another key would make everything stored"
                    + " unreadable.";

    private static final String PARTITION = "(aws|aws-us-gov|aws-cn)";
    private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    private static final String REGION = "[a-z]{2}(?:-[a-z]{1,16}){1,3}-[0-9]{1,2}";

    private static final Pattern ROLE =
            Pattern.compile("arn:" + PARTITION + ":iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]{1,512}");
    private static final Pattern KEY =
            Pattern.compile("arn:" + PARTITION + ":kms:" + REGION + ":[0-9]{12}:key/(?:mrk-[0-9a-f]{32}|" + UUID + ")");
    /** STS AssumeRole, parameter ExternalId. */
    private static final Pattern EXTERNAL_ID = Pattern.compile("[A-Za-z0-9_+=,.@:/-]{2,1224}");

    public AwsKeySpec {
        if (!matches(ROLE, roleArn)) {
            throw new InvalidKeySpecException("role_arn", EXPECTED_ROLE);
        }
        if (!matches(KEY, kmsArn)) {
            throw new InvalidKeySpecException("kms_arn", EXPECTED_KEY);
        }
        if (!partition(kmsArn)
                .equals(PartitionMetadata.of(Region.of(region(kmsArn))).id())) {
            throw new InvalidKeySpecException(
                    "kms_arn", "The region " + region(kmsArn) + " is not in the partition " + partition(kmsArn) + ".");
        }
        if (!partition(roleArn).equals(partition(kmsArn))) {
            throw new InvalidKeySpecException("role_arn", "The role and the key are in different AWS partitions.");
        }
        if (!matches(EXTERNAL_ID, externalId)) {
            throw new InvalidKeySpecException(
                    "external_id", "Expected 2 to 1224 letters, digits or any of '_+=,.@:/-', as STS takes them.");
        }
    }

    /** The region that holds the key. */
    String region() {
        return region(kmsArn);
    }

    /** The name that the tenant sees in its own CloudTrail: 2 to 64 characters, as STS takes them. */
    String sessionName() {
        String name = "sealward-" + externalId.replaceAll("[^A-Za-z0-9_+=,.@-]", "-");
        return name.substring(0, Math.min(name.length(), 64));
    }

    /** What the session may do at most, however much the tenant's role allows. */
    String sessionPolicy() {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                + "\"Action\":[\"kms:Encrypt\",\"kms:Decrypt\"],\"Resource\":\"" + kmsArn + "\"}]}";
    }

    private static boolean matches(Pattern pattern, String value) {
        return value != null && pattern.matcher(value).matches();
    }

    private static String partition(String arn) {
        return arn.split(":", -1)[1];
    }

    private static String region(String arn) {
        return arn.split(":", -1)[3];
    }
}
