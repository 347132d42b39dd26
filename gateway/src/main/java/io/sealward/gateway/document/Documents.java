package io.sealward.gateway.document;

import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.store.StoreClients;
import io.sealward.gateway.tenant.Admission;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What all exchanges of documents share.
 *
 * @param budget bytes of memory
 */
public record Documents(StoreClients clients, Budget budget) {
    /**
     * Serves an exchange of documents.
     *
     * @param work answers with {@link DocumentExchange#answer} or {@link DocumentExchange#respond}
     * @return fails as {@code work} does, by its stage or at once, and then holds no memory any more
     */
    public CompletionStage<Void> serve(
            Admission admission, Exchange exchange, Function<DocumentExchange, CompletionStage<Void>> work) {
        Budget.Lease memory = budget.lease(admission.project().id());
        DocumentExchange own = new DocumentExchange(exchange, clients, admission, memory);
        return CompletableFuture.completedStage(own).thenCompose(work).whenComplete((answered, failure) -> {
            if (failure != null) {
                memory.close();
            }
        });
    }
}
