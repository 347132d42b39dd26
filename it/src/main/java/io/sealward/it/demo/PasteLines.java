package io.sealward.it.demo;

import io.sealward.it.store.S3Target;

/** What to paste to point one's own client at the gateway. */
final class PasteLines {
    private PasteLines() {}

    static String of(S3Target gateway) {
        return """

                Point your own client at it:

                aws cli
                  export AWS_ACCESS_KEY_ID=%2$s AWS_SECRET_ACCESS_KEY=%3$s AWS_REGION=%4$s AWS_ENDPOINT_URL=%1$s
                  aws s3 cp README.md s3://tour/readme && aws s3 ls s3://tour/

                rclone
                  export RCLONE_CONFIG_SEALWARD_TYPE=s3 RCLONE_CONFIG_SEALWARD_PROVIDER=Other \\
                         RCLONE_CONFIG_SEALWARD_ENDPOINT=%1$s RCLONE_CONFIG_SEALWARD_REGION=%4$s \\
                         RCLONE_CONFIG_SEALWARD_ACCESS_KEY_ID=%2$s RCLONE_CONFIG_SEALWARD_SECRET_ACCESS_KEY=%3$s
                  rclone copy crypto sealward:tour/crypto && rclone ls sealward:tour

                AWS SDK for Java
                  S3Client.builder().endpointOverride(URI.create("%1$s")).region(Region.of("%4$s")).forcePathStyle(true)
                      .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("%2$s", "%3$s")))
                      .build();
                """.formatted(gateway.endpoint(), gateway.accessKey(), gateway.secretKey(), S3Target.REGION);
    }
}
