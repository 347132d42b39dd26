package io.sealward.gateway.document;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.body.RequestBody;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.flow.Pump;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Exchange.ResponseBody;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.Asker;
import io.sealward.gateway.store.StoreClient;
import io.sealward.gateway.store.StoreClients;
import io.sealward.gateway.store.StoreErrors;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.store.StoreResponse;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.xml.XmlDocument;
import io.sealward.gateway.xml.XmlElement;
import io.sealward.gateway.xml.XmlTree;
import io.sealward.gateway.xml.XmlWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The documents of one exchange with a client. What they hold is taken from the project's share of the budget, and given
 * back when the client has its answer, has left, or has been told what failed. Called on the event loop of the exchange.
 * Where there is no memory a stage fails with SlowDown.
 */
public final class DocumentExchange {
    /** Of an answer without a document of its own. */
    private static final int SMALL_BYTES = 16 << 10;

    /** Before an answer is late: well within what proxies wait. */
    private static final Duration LATE = Duration.ofSeconds(10);

    private static final byte[] NONE = {};

    private final Exchange exchange;
    private final StoreClients clients;
    private final StoreClient store;
    private final Budget.Lease memory;
    private final ClientDocument.Line line;

    DocumentExchange(
            Exchange exchange,
            StoreClients clients,
            Admission admission,
            Budget.Lease memory,
            ClientDocument.Line line) {
        this.exchange = exchange;
        this.clients = clients;
        this.store = clients.on(exchange, admission);
        this.memory = memory;
        this.line = line;
    }

    /** The same exchange, for what the sender has been admitted to in the meantime. */
    public DocumentExchange under(Admission admission) {
        return new DocumentExchange(exchange, clients, admission, memory, line);
    }

    public EventLoop loop() {
        return exchange.eventLoop();
    }

    /** Who waits for the answer. */
    public Asker asker() {
        return exchange;
    }

    /** Holds what the exchange does. */
    public Budget.Lease memory() {
        return memory;
    }

    /** A new document, for the store or the client. */
    public XmlWriter writer(String root) {
        return new XmlWriter(root, memory);
    }

    /** A document that is kept whole. */
    public XmlTree tree() {
        return new XmlTree(memory);
    }

    /**
     * Reads the client's document. A body that is not there, or empty, is none.
     *
     * @throws S3Exception MaxMessageLengthExceeded before anything is read; the stage fails with MalformedXML, or as the body
     *     does that does not verify
     */
    public <T> CompletionStage<T> receive(RequestBody body, int limitBytes, XmlDocument<T> document) {
        return receiveAny(body, limitBytes, document)
                .thenApply(read -> read.orElseThrow(() -> new S3Exception(S3Error.MALFORMED_XML)));
    }

    /** The same where the body may be empty. */
    public <T> CompletionStage<Optional<T>> receiveAny(RequestBody body, int limitBytes, XmlDocument<T> document) {
        if (body.length() > limitBytes) {
            throw new S3Exception(S3Error.MAX_MESSAGE_LENGTH_EXCEEDED);
        }
        ClientDocument<T> sink = new ClientDocument<>(document, memory, line);
        return exchange.receive(body.into(sink), sink).thenApply(done -> sink.result());
    }

    /** Reads the client's text, whose length the caller has found to be small. */
    public CompletionStage<String> receiveText(RequestBody body) {
        ClientText sink = new ClientText(memory);
        return exchange.receive(body.into(sink), sink).thenApply(done -> sink.result());
    }

    /** Sends a request without a body, and reads the document that is the answer. Errors of the store fail the stage. */
    public <T> CompletionStage<T> ask(StoreRequest request, XmlDocument<T> document) {
        return fetch(request, document).thenApply(Answer::document);
    }

    /** The same where the head of the answer is of use, too. */
    public <T> CompletionStage<Answer<T>> fetch(StoreRequest request, XmlDocument<T> document) {
        return store.fetch(request)
                .thenCompose(fetched -> fetched.then(answered ->
                        read(answered, document).thenApply(read -> new Answer<>(answered.response(), read))));
    }

    /** What the store answered, and what its document became. */
    public record Answer<T>(StoreResponse response, T document) {}

    /** Sends a request with a document that is ended, and reads the one that is the answer. */
    public <T> CompletionStage<Answer<T>> ask(StoreRequest request, XmlWriter body, XmlDocument<T> document) {
        return store.send(request.header(HttpHeaderNames.CONTENT_TYPE, "application/xml")
                        .contentLength(body.length()))
                .thenCompose(call -> {
                    Pump.move(body.pieces(), call, call::finish);
                    return call.response().thenCompose(response -> new StoreClient.Answered(call, response)
                            .then(answered -> read(answered, document))
                            .thenApply(read -> new Answer<>(response, read)));
                });
    }

    /** Sends a request without a body that the store may take long for, and reads the small document that is the answer. */
    public CompletionStage<Answer<XmlElement>> askAll(StoreRequest request) {
        return store.fetch(request).thenCompose(fetched -> fetched.then(answered -> read(answered, tree()))
                .thenApply(read -> new Answer<>(fetched.response(), read)));
    }

    /** Sends a request whose answer is small, whatever it is. */
    public CompletionStage<StoreClient.Collected> ask(StoreRequest request) {
        return store.exchange(request, NONE, SMALL_BYTES);
    }

    /** Sends a request whose answer has no document. Errors of the store fail the stage. */
    public CompletionStage<StoreClient.Collected> send(StoreRequest request) {
        return send(request, NONE);
    }

    /** The same with a small body. */
    public CompletionStage<StoreClient.Collected> send(StoreRequest request, byte[] body) {
        return store.exchange(request, body, SMALL_BYTES).thenApply(collected -> {
            requireSuccess(collected);
            return collected;
        });
    }

    /** Throws the error of the store that an answer is, if it is one. */
    public static void requireSuccess(StoreClient.Collected collected) {
        if (!collected.response().successful()) {
            throw StoreErrors.of(collected);
        }
    }

    private <T> CompletionStage<T> read(StoreClient.Answered answered, XmlDocument<T> document) {
        if (!answered.response().successful()) {
            return StoreErrors.relay(store, answered);
        }
        return new StoreDocument<>(answered.call(), new OrError<>(document, tree(), store.accessKeyId()), memory)
                .read();
    }

    /** Answers with a document that is ended. */
    public void answer(XmlWriter document) {
        answer(new DefaultHttpHeaders(), document);
    }

    /** The same with more headers. */
    public void answer(HttpHeaders headers, XmlWriter document) {
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/xml")
                .set(HttpHeaderNames.CONTENT_LENGTH, document.length());
        ResponseBody body = exchange.open(200, headers, memory::close);
        Pump.move(document.pieces(), body, () -> {
            body.end();
            memory.close();
        });
    }

    /** Answers with something small. */
    public void respond(Response response) {
        memory.close();
        exchange.respond(response);
    }

    /**
     * Answers with something small that may take long to find: the head leaves before, and a blank from time to time, so
     * that the client does not give up.
     *
     * @return fails as {@code answer} does, if nothing of the answer has left by then
     */
    public CompletionStage<Void> respondLate(CompletionStage<Response> answer) {
        return LateAnswer.send(exchange, answer.whenComplete((found, failure) -> memory.close()), LATE);
    }
}
