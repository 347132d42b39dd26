package io.sealward.gateway.policy;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a credential may do. Two are equal only if they were read at once, and narrowed by the same. Immutable; evaluated without I/O, in time that grows with the
 * policy and the resource's name and not with their product, but for at most 2,048 steps for each character of it.
 */
public final class Policy {
    /** Of the document, in UTF-8. */
    public static final int MAX_BYTES = 20 << 10;

    private final List<Statement> statements;
    private final Optional<Policy> bound;

    Policy(List<Statement> statements) {
        this(List.copyOf(statements), Optional.empty());
    }

    private Policy(List<Statement> statements, Optional<Policy> bound) {
        this.statements = statements;
        this.bound = bound;
    }

    /**
     * Reads a policy. Whatever in it would not be evaluated is refused.
     *
     * @param username what {@code ${aws:username}} stands for
     * @throws MalformedPolicyException saying what is wrong
     */
    public static Policy parse(String json, String username) {
        return new Policy(PolicyReader.ofCredential(username).read(json));
    }

    /** Allows what both allow, and denies what either does. */
    public Policy narrowedBy(Policy other) {
        return new Policy(statements, Optional.of(bound.map(other::narrowedBy).orElse(other)));
    }

    /**
     * Says what it makes of a request.
     *
     * @param action such as {@code s3:GetObject}, as S3 spells it
     * @param resource {@code bucket}, {@code bucket/key}, or {@code *} for no bucket
     */
    public Decision decide(String action, String resource, Facts facts) {
        OptionalInt index = Actions.index(action);
        if (index.isEmpty()) {
            return Decision.UNSAID;
        }
        Decision own = decide(index.getAsInt(), resource, facts);
        if (own == Decision.DENIED || bound.isEmpty()) {
            return own;
        }
        Decision others = bound.get().decide(action, resource, facts);
        return others == Decision.DENIED || own == Decision.ALLOWED ? others : own;
    }

    private Decision decide(int action, String resource, Facts facts) {
        Decision decision = Decision.UNSAID;
        for (Statement statement : statements) {
            boolean matters = !statement.allows() || decision == Decision.UNSAID;
            if (matters && statement.speaksOf(action, resource, facts)) {
                if (!statement.allows()) {
                    return Decision.DENIED;
                }
                decision = Decision.ALLOWED;
            }
        }
        return decision;
    }

    /** Whether it depends on the tags of objects. */
    boolean asksForTags() {
        return statements.stream().anyMatch(Statement::asksForTags)
                || bound.filter(Policy::asksForTags).isPresent();
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Policy other && statements.equals(other.statements) && bound.equals(other.bound);
    }

    @Override
    public int hashCode() {
        return Objects.hash(statements, bound);
    }
}
