package io.sealward.gateway.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The buckets and objects that a statement names, or all others. */
record Resources(List<Wildcard> patterns, boolean others) {
    private static final String ARN = "arn:aws:s3:::";

    Resources {
        patterns = List.copyOf(patterns);
    }

    static Resources of(List<String> arns, boolean others, Optional<String> username) {
        List<Wildcard> patterns = new ArrayList<>();
        for (String arn : arns) {
            boolean all = arn.equals("*");
            if (!all && (!arn.startsWith(ARN) || arn.length() == ARN.length())) {
                throw new MalformedPolicyException("The resource " + Quoted.of(arn) + " is none of S3. Expected *, "
                        + ARN + "BUCKET or " + ARN + "BUCKET/KEY, wildcards in both.");
            }
            patterns.add(new Wildcard(Template.of(all ? arn : arn.substring(ARN.length()), username)));
        }
        return new Resources(patterns, others);
    }

    boolean hold(String resource) {
        for (Wildcard pattern : patterns) {
            if (pattern.matches(resource)) {
                return !others;
            }
        }
        return others;
    }

    /** Whether each of them can be a bucket or something in it. */
    boolean canBeIn(String bucket) {
        return patterns.stream().allMatch(pattern -> pattern.matches(bucket) || pattern.canBegin(bucket + "/"));
    }

    int effort() {
        return patterns.stream().mapToInt(Wildcard::effort).sum();
    }
}
