package io.sealward.it.cloud.aws;

/**
 * What signs a request.
 *
 * @param secret the secret access key
 */
record SigningKey(String accessKeyId, String secret) {
    @Override
    public String toString() {
        return "SigningKey[" + accessKeyId + "]";
    }
}
