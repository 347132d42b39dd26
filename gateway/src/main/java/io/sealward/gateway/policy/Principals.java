package io.sealward.gateway.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom a statement is about, or all others. Source: IAM User Guide, "AWS JSON policy elements: Principal".
 *
 * @param everybody all callers, those without a credential too
 * @param projects with all their credentials
 * @param credentials each of the one project
 */
record Principals(boolean everybody, Set<String> projects, Set<Caller> credentials, boolean others) {
    /** Of a policy that is a credential's own. */
    static final Principals BEARER = new Principals(true, Set.of(), Set.of(), false);

    private static final String PROJECT = "(proj_[A-Za-z0-9_-]{1,64})";
    private static final Pattern WHOLE_PROJECT = Pattern.compile(PROJECT + "|arn:aws:iam::" + PROJECT + ":root");
    private static final Pattern USER = Pattern.compile("arn:aws:iam::" + PROJECT + ":user/([A-Za-z0-9_.-]{3,128})");

    Principals {
        projects = Set.copyOf(projects);
        credentials = Set.copyOf(credentials);
    }

    static Principals of(List<String> named, boolean others) {
        Set<String> projects = new HashSet<>();
        Set<Caller> credentials = new HashSet<>();
        boolean everybody = false;
        for (String name : named) {
            Matcher user = USER.matcher(name);
            if (name.equals("*")) {
                everybody = true;
            } else if (user.matches()) {
                credentials.add(new Caller(user.group(1), user.group(2)));
            } else {
                projects.add(project(name));
            }
        }
        return new Principals(everybody, projects, credentials, others);
    }

    private static String project(String name) {
        Matcher matcher = WHOLE_PROJECT.matcher(name);
        if (!matcher.matches()) {
            throw new MalformedPolicyException("Invalid principal in policy: " + Quoted.of(name)
                    + ". Expected *, a project's id, arn:aws:iam::PROJECT:root or"
                    + " arn:aws:iam::PROJECT:user/ACCESS-KEY-ID.");
        }
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }

    /** Whether the statement is about it. */
    boolean include(Optional<Caller> caller) {
        return (everybody
                        || caller.filter(known -> projects.contains(known.project()) || credentials.contains(known))
                                .isPresent())
                != others;
    }

    /** Whether it is about the caller in person, and not as one of its project's. */
    boolean name(Optional<Caller> caller) {
        return everybody || caller.filter(credentials::contains).isPresent();
    }
}
