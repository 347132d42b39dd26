package io.sealward.providers.aws;

import io.sealward.providers.InvalidKeySpecException;
import io.sealward.providers.KeySpec;
import io.sealward.providers.SpecField;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
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
public record AwsKeySpec(String roleArn, String kmsArn, String externalId) implements KeySpec {
    private static final String PARTITION = "(aws|aws-us-gov|aws-cn)";
    private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    private static final String REGION = "[a-z]{2}(?:-[a-z]{1,16}){1,3}-[0-9]{1,2}";

    private static final SpecField ROLE = SpecField.required(
                    "role_arn", "^arn:" + PARTITION + ":iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]{1,512}$", 2048)
            .describedAs("The role that the gateway assumes.")
            .saying("Expected the ARN of an IAM role, as in 'arn:aws:iam::123456789012:role/name'.");

    private static final SpecField KEY = SpecField.required(
                    "kms_arn",
                    "^arn:" + PARTITION + ":kms:" + REGION + ":[0-9]{12}:key/(?:mrk-[0-9a-f]{32}|" + UUID + ")$",
                    256)
            .describedAs(
                    "A symmetric key, by its key ARN; aliases are refused, as pointing one elsewhere would be a revocation.")
            .saying(
                    "Expected the ARN of a KMS key, as in 'arn:aws:kms:REGION:ACCOUNT:key/UUID', with a slash before the"
                            + " key's UUID or mrk- id. Aliases are not accepted: pointing one at another key would make"
                            + " everything stored unreadable.");

    /** STS takes more (AssumeRole, parameter ExternalId); these are the ids that a gateway gives out. */
    private static final SpecField EXTERNAL_ID = SpecField.required("external_id", "^(org-|proj_)[0-9a-zA-Z_-]+$", 64)
            .describedAs(
                    "The organization's id, or that of one of its projects, as the role's trust policy expects it.");

    static final List<SpecField> FIELDS = List.of(ROLE, KEY, EXTERNAL_ID);

    /** @throws InvalidKeySpecException naming the first field that is missing or malformed */
    public AwsKeySpec {
        ROLE.require(roleArn);
        KEY.require(kmsArn);
        EXTERNAL_ID.require(externalId);
        if (!partition(kmsArn)
                .equals(PartitionMetadata.of(Region.of(region(kmsArn))).id())) {
            throw new InvalidKeySpecException(
                    "kms_arn", "The region " + region(kmsArn) + " is not in the partition " + partition(kmsArn) + ".");
        }
        if (!partition(roleArn).equals(partition(kmsArn))) {
            throw new InvalidKeySpecException("role_arn", "The role and the key are in different AWS partitions.");
        }
    }

    static AwsKeySpec of(Map<String, String> values) {
        return new AwsKeySpec(values.get("role_arn"), values.get("kms_arn"), values.get("external_id"));
    }

    @Override
    public String type() {
        return AwsKek.PROVIDER;
    }

    @Override
    public SortedMap<String, String> fields() {
        return new TreeMap<>(Map.of("role_arn", roleArn, "kms_arn", kmsArn, "external_id", externalId));
    }

    /** Replicas of a multi-Region key are one key. */
    @Override
    public String kek() {
        String[] parts = kmsArn.split(":", 6);
        String region = parts[5].startsWith("key/mrk-") ? "" : parts[3];
        return "aws:" + parts[1] + ":" + region + ":" + parts[4] + ":" + parts[5];
    }

    @Override
    public Owner owner() {
        return Owner.inField("external_id", externalId);
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

    private static String partition(String arn) {
        return arn.split(":", -1)[1];
    }

    private static String region(String arn) {
        return arn.split(":", -1)[3];
    }
}
