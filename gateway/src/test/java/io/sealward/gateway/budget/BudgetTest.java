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
    void anOwnerAloneGetsHalfInHoweverManyLeases() {
        assertThat(budget.lease("a").take(400)).isTrue();
        assertThat(budget.lease("a").take(200)).isTrue();

        assertThat(budget.lease("a").take(1)).isFalse();
        assertThat(budget.taken()).isEqualTo(600);
    }

    @Test
    void greedyOwnersEndWithEqualSharesAndLeaveOneFree() {
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
    void whatDoesNotFitIsNotTakenInPart() {
        Budget.Lease lease = budget.lease("a");

        assertThat(lease.take(601)).isFalse();
        assertThat(lease.take(Long.MAX_VALUE)).isFalse();
        assertThat(budget.taken()).isZero();
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
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
    void moreThanIsHeldCannotBeGivenBack() {
        Budget.Lease lease = budget.lease("a");
        assertThat(lease.take(10)).isTrue();
        assertThat(budget.lease("a").take(10)).isTrue();

        assertThatThrownBy(() -> lease.give(11)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> lease.take(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(budget.taken()).isEqualTo(20);
    }

    @Test
    void severalThreadsNeitherLoseNorOverdraw() {
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
