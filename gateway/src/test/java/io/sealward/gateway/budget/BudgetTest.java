package io.sealward.gateway.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private final Budget budget = new Budget(1200);

    @Test
    void an_owner_alone_gets_half_in_however_many_leases() {
        assertThat(budget.lease("a").take(400)).isTrue();
        assertThat(budget.lease("a").take(200)).isTrue();

        assertThat(budget.lease("a").take(1)).isFalse();
        assertThat(budget.taken()).isEqualTo(600);
    }

    @Test
    void greedy_owners_end_with_equal_shares_and_leave_one_free() {
        List<Budget.Lease> leases = new ArrayList<>();
        List<String> owners = List.of("a", "b", "c");
        owners.forEach(owner -> leases.add(budget.lease(owner)));
        boolean taking = true;
        while (taking) {
            taking = false;
            for (Budget.Lease lease : leases) {
                taking |= lease.take(1);
            }
        }

        assertThat(budget.taken()).isEqualTo(900);
        assertThat(budget.lease("newcomer").take(150)).isTrue();
    }

    @Test
    void what_does_not_fit_is_not_taken_in_part() {
        Budget.Lease lease = budget.lease("a");

        assertThat(lease.take(601)).isFalse();
        assertThat(lease.take(Long.MAX_VALUE)).isFalse();
        assertThat(budget.taken()).isZero();
    }

    @Test
    void what_is_given_back_can_be_taken_again() {
        Budget.Lease lease = budget.lease("a");
        assertThat(lease.take(600)).isTrue();
        lease.give(500);
        assertThat(lease.take(500)).isTrue();

        lease.close();
        lease.close();

        assertThat(budget.taken()).isZero();
        assertThat(lease.take(1)).isFalse();
        assertThat(budget.lease("a").take(600)).isTrue();
    }

    @Test
    void more_than_is_held_cannot_be_given_back() {
        Budget.Lease lease = budget.lease("a");
        assertThat(lease.take(10)).isTrue();
        assertThat(budget.lease("a").take(10)).isTrue();

        assertThatThrownBy(() -> lease.give(11)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> lease.take(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(budget.taken()).isEqualTo(20);
    }

    @Test
    void several_threads_neither_lose_nor_overdraw() {
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String owner = "owner-" + i;
            threads.add(CompletableFuture.runAsync(() -> {
                for (int round = 0; round < 20_000; round++) {
                    try (Budget.Lease lease = budget.lease(owner)) {
                        if (lease.take(7)) {
                            assertThat(budget.taken()).isBetween(7L, budget.total());
                            lease.give(3);
                        }
                    }
                }
            }));
        }

        threads.forEach(CompletableFuture::join);
        assertThat(budget.taken()).isZero();
    }
}
