package io.sealward.gateway.policy;

import static java.util.Objects.requireNonNull;

/**
 * Who asks, as the policies of buckets name it. Both ids are made by the gateway, or are unique in its configuration, and none
 * is given out again: a name that somebody can choose names nobody.
 *
 * @param project {@code proj_...}, which stands where AWS has an account
 * @param temporary whether it is a session, which no policy names, and whose rights nothing widens
 */
public record Caller(String project, String accessKeyId, boolean temporary) {
    public Caller {
        requireNonNull(project, "project");
        requireNonNull(accessKeyId, "accessKeyId");
    }

    /** One that lasts. */
    public Caller(String project, String accessKeyId) {
        this(project, accessKeyId, false);
    }
}
