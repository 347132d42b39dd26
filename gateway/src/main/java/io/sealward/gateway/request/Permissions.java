package io.sealward.gateway.request;

import java.util.List;

/** What the sender of a request may do, beside what its head has told already. */
@FunctionalInterface
public interface Permissions {
    /** Everything in the project. */
    Permissions ALL = (actions, place) -> true;

    /** Whether it may do all of these, as {@link Rights} names them. */
    boolean allow(List<String> actions, Place place);
}
