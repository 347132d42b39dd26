package io.sealward.gateway.registry.database;

import java.util.List;
import java.util.Optional;

/**
 * One page of a list.
 *
 * @param hasMore whether another page follows in the direction asked for
 */
public record Page<T>(List<T> data, boolean hasMore) {
    public Page {
        data = List.copyOf(data);
    }

    /**
     * Which page.
     *
     * @param after the id the page starts behind
     * @param limit how many at most
     */
    public record Request(Optional<String> after, int limit, Order order) {}

    /** By time of creation. */
    public enum Order {
        ASC(">", "ASC"),
        DESC("<", "DESC");

        private final String behind;
        private final String sql;

        Order(String behind, String sql) {
            this.behind = behind;
            this.sql = sql;
        }

        String behind() {
            return behind;
        }

        String sql() {
            return sql;
        }
    }

    /** From one row more than the limit. What has no last row cannot be gone on with, so it has no more. */
    static <T> Page<T> of(List<T> rows, int limit) {
        return rows.size() > limit && limit > 0
                ? new Page<>(rows.subList(0, limit), true)
                : new Page<>(limit > 0 ? rows : List.of(), false);
    }
}
