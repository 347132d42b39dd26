package io.sealward.gateway.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private final Places places = new Places(12);
    private final List<String> called = new ArrayList<>();

    private Places.Place ask(String owner) {
        return places.ask(owner, () -> called.add(owner));
    }

    private Queue<Places.Place> ask(String owner, int times) {
        Queue<Places.Place> asked = new ArrayDeque<>();
        for (int i = 0; i < times; i++) {
            asked.add(ask(owner));
        }
        return asked;
    }

    private static long held(Queue<Places.Place> of) {
        return of.stream().filter(Places.Place::held).count();
    }

    @Test
    void anOwnerAloneGetsHalfAndAnotherHasHisAtOnce() {
        Queue<Places.Place> flood = ask("a", 100);

        assertThat(held(flood)).isEqualTo(6);
        assertThat(places.waiting()).isEqualTo(94);
        assertThat(ask("b").held()).isTrue();
        assertThat(called).isEmpty();
    }

    @Test
    void thoseOfOneOwnerComeInTheOrderOfTheirAsking() {
        Queue<Places.Place> flood = ask("a", 9);
        flood.remove().close();

        assertThat(called).containsExactly("a");
        assertThat(flood)
                .extracting(Places.Place::held)
                .containsExactly(true, true, true, true, true, true, false, false);
    }

    @Test
    void aPlaceThatIsGivenBackGoesToWhoHoldsFewest() {
        Queue<Places.Place> a = ask("a", 50);
        Queue<Places.Place> b = ask("b", 50);
        while (held(b) < held(a) - 1) {
            a.stream().filter(Places.Place::held).findFirst().orElseThrow().close();
        }

        assertThat(held(a)).isEqualTo(4);
        assertThat(held(b)).isEqualTo(4);
        assertThat(ask("c").held()).isTrue();
    }

    @Test
    void everybodyHasOneWhileThereIsOneAndTheNextWhereThereIsNone() {
        List<Places.Place> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            all.add(ask("owner" + i));
            assertThat(all.get(i).held()).isTrue();
        }
        Places.Place again = ask("owner0");
        Places.Place newcomer = ask("newcomer");
        all.get(1).close();

        assertThat(newcomer.held()).isTrue();
        assertThat(again.held()).isFalse();
        all.get(0).close();
        assertThat(again.held()).isTrue();
        assertThat(called).containsExactly("newcomer", "owner0");
    }

    @Test
    void oneWhoLeavesTheLineIsNotCalledAndNoneIsGivenBackTwice() {
        Queue<Places.Place> flood = ask("a", 8);
        List<Places.Place> list = new ArrayList<>(flood);
        list.get(6).close();
        list.get(6).close();
        list.get(0).close();
        list.get(0).close();

        assertThat(list.get(6).held()).isFalse();
        assertThat(list.get(7).held()).isTrue();
        assertThat(called).hasSize(1);
        assertThat(places.taken()).isEqualTo(6);
        flood.forEach(Places.Place::close);
        assertThat(places.taken()).isZero();
        assertThat(places.waiting()).isZero();
    }

    @Test
    void thereAreNeverMoreThanThereAre() throws Exception {
        int threads = 8;
        CountDownLatch begin = new CountDownLatch(threads);
        AtomicInteger held = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<CompletableFuture<Void>> works = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int thread = t;
            works.add(CompletableFuture.runAsync(
                    () -> {
                        Random random = new Random(thread);
                        begin.countDown();
                        for (int i = 0; i < 2000; i++) {
                            CompletableFuture<Void> came = new CompletableFuture<>();
                            Places.Place place = places.ask("owner" + random.nextInt(5), () -> came.complete(null));
                            if (random.nextInt(4) > 0) {
                                if (!place.held()) {
                                    came.join();
                                }
                                most.accumulateAndGet(held.incrementAndGet(), Math::max);
                                held.decrementAndGet();
                            }
                            place.close();
                        }
                    },
                    task -> new Thread(task).start()));
        }
        works.forEach(CompletableFuture::join);

        assertThat(most.get()).isBetween(1, 12);
        assertThat(places.taken()).isZero();
        assertThat(places.waiting()).isZero();
    }

    @Test
    void thereMustBeOne() {
        assertThatThrownBy(() -> new Places(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
