package io.sealward.gateway.document;

import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.store.Asker;
import io.sealward.gateway.store.StoreClient;
import io.sealward.gateway.store.StoreClients;
import io.sealward.gateway.store.StoreErrors;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.xml.XmlElement;
import io.sealward.gateway.xml.XmlTree;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The store, the memory and the turns that all exchanges of documents share.
 *
 * @param budget bytes of memory
 */
public record Documents(StoreClients clients, Budget budget, DocumentTurns turns) {
    public Documents(StoreClients clients, Budget budget) {
        this(clients, budget, new DocumentTurns());
    }

    /**
     * Asks the store for a small document, beside an exchange. What it takes is given back when the stage completes; errors of
     * the store fail it.
     */
    public CompletionStage<XmlElement> look(Asker asker, Admission admission, StoreRequest request) {
        Budget.Lease memory = budget.lease(admission.sharer());
        StoreClient store = clients.on(asker, admission);
        return store.fetch(request)
                .thenCompose(fetched -> fetched.then(answered -> answered.response()
                                .successful()
                        ? new StoreDocument<>(
                                        answered.call(),
                                        new OrError<>(new XmlTree(memory), new XmlTree(memory), store.accessKeyId()),
                                        memory)
                                .read()
                        : StoreErrors.<XmlElement>relay(store, answered)))
                .whenComplete((read, failure) -> memory.close());
    }

    /**
     * Serves an exchange of documents.
     *
     * @param work answers with {@link DocumentExchange#answer} or {@link DocumentExchange#respond}
     * @return fails as {@code work} does, by its stage or at once, and then holds no memory any more
     */
    public CompletionStage<Void> serve(
            Admission admission, Exchange exchange, Function<DocumentExchange, CompletionStage<Void>> work) {
        Budget.Lease memory = budget.lease(admission.sharer());
        DocumentExchange own = new DocumentExchange(
                exchange,
                clients,
                admission,
                memory,
                next -> turns.await(exchange.eventLoop(), admission.sharer(), next));
        return CompletableFuture.completedStage(own).thenCompose(work).whenComplete((answered, failure) -> {
            if (failure != null) {
                memory.close();
            }
        });
    }
}
