package io.sealward.gateway.sts;

/**
 * What a session token holds, sealed: a temporary credential, and what it stands for.
 *
 * @param generation of the role when it was taken on
 * @param session the name that its taker has given it
 * @param policy by which the session is narrowed, in JSON; empty for none
 * @param issuedAt Unix time in seconds
 * @param expiresAt Unix time in seconds
 */
record SessionToken(
        String accessKeyId,
        String secretAccessKey,
        String projectId,
        String role,
        String generation,
        String session,
        String policy,
        long issuedAt,
        long expiresAt) {
    @Override
    public String toString() {
        return "SessionToken[" + accessKeyId + "]";
    }
}
