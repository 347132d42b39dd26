package io.sealward.gateway.policy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * Who may do what with one bucket. Two are equal only if they are one. Immutable; evaluated like {@link Policy}. Source: Amazon
 * S3 User Guide, "Bucket policies for Amazon S3".
 */
public final class BucketPolicy {
    private final String document;
    private final List<Statement> statements;

    private BucketPolicy(String document, List<Statement> statements) {
        this.document = document;
        this.statements = List.copyOf(statements);
    }

    /**
     * Reads one. Whatever in it would not be evaluated is refused; whether the principals exist is for who knows them.
     *
     * @throws MalformedPolicyException saying what is wrong
     */
    public static BucketPolicy parse(String json, String bucket) {
        List<Statement> statements = PolicyReader.ofBucket().read(json);
        for (Statement statement : statements) {
            if (!statement.resources().canBeIn(bucket)) {
                throw new MalformedPolicyException("Policy has invalid resource: each must be arn:aws:s3:::" + bucket
                        + " or in it, wildcards allowed.");
            }
        }
        return new BucketPolicy(json, statements);
    }

    /** One that cannot be read any more: it denies everything to everybody. */
    public static BucketPolicy unreadable(String json) {
        String nothing = "{\"Version\": \"2012-10-17\", \"Statement\":"
                + " {\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"*\", \"Resource\": \"*\"}}";
        return new BucketPolicy(json, PolicyReader.ofBucket().read(nothing));
    }

    /** As its author wrote it. */
    public String document() {
        return document;
    }

    /**
     * Requires that whom it names is known: a denial to somebody whose name is mistaken would be none.
     *
     * @throws MalformedPolicyException if one is not
     */
    public void requireKnown(Predicate<String> project, Predicate<Caller> credential) {
        for (Statement statement : statements) {
            for (String named : statement.principals().projects()) {
                requireKnown(project.test(named), named);
            }
            for (Caller named : statement.principals().credentials()) {
                requireKnown(credential.test(named), named.accessKeyId());
            }
        }
    }

    private static void requireKnown(boolean known, String principal) {
        if (!known) {
            throw new MalformedPolicyException("Invalid principal in policy: the organization has no "
                    + Quoted.of(principal) + " such as it is named.");
        }
    }

    /**
     * Whether it lets everybody in, but from certain addresses only. Source: Amazon S3 User Guide, "Blocking public access",
     * "The meaning of public".
     */
    public boolean isPublic() {
        return statements.stream()
                .anyMatch(statement -> statement.allows()
                        && statement.principals().everybody()
                        && statement.conditions().stream().noneMatch(Condition::confines));
    }

    /** Whether it depends on the tags of objects. */
    boolean asksForTags() {
        return statements.stream().anyMatch(Statement::asksForTags);
    }

    /**
     * Says what it makes of a request.
     *
     * @param caller empty for nobody known
     * @param ofOwner whether the caller is a credential of the bucket's own project: what the policy allows the project as a
     *     whole, that leaves to the policy of the credential
     */
    Decision decide(Optional<Caller> caller, boolean ofOwner, String action, String resource, Facts facts) {
        OptionalInt index = Actions.index(action);
        if (index.isEmpty()) {
            return Decision.UNSAID;
        }
        Decision decision = Decision.UNSAID;
        for (Statement statement : statements) {
            if (!statement.speaksOf(index.getAsInt(), resource, facts)) {
                continue;
            }
            Principals principals = statement.principals();
            if (!statement.allows() && principals.include(caller)) {
                return Decision.DENIED;
            }
            if (statement.allows() && (ofOwner ? principals.name(caller) : principals.include(caller))) {
                decision = Decision.ALLOWED;
            }
        }
        return decision;
    }
}
