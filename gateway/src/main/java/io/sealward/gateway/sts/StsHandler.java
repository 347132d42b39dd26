package io.sealward.gateway.sts;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.budget.RequestMemory;
import io.sealward.gateway.flow.NoOutlet;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.RequestHandler;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.identity.IdentityException;
import io.sealward.gateway.request.Addressing;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.s3.Decimal;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.sigv4.RequestTarget;
import io.sealward.gateway.sigv4.SignatureVerifier;
import io.sealward.gateway.tenant.Buckets;
import io.sealward.gateway.tenant.S3Credential;
import io.sealward.gateway.tenant.UnknownSender;
import io.sealward.gateway.xml.XmlElement;
import io.sealward.providers.StageFailure;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what is said to STS, and hands all else on: a form, or a query with an action, to the gateway itself and to no bucket.
 * Who sends it is not known before it has been read, so that all who do share the room of one project.
 */
public final class StsHandler implements RequestHandler {
    private static final Logger LOG = LoggerFactory.getLogger(StsHandler.class);
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String VERSION = "2011-06-15";
    /** As it came, as text, as parameters, and what is made of the token in them. */
    private static final int COPIES = 6;

    private final RequestHandler s3;
    private final Addressing addressing;
    private final AssumeRole assumeRole;
    private final SignatureVerifier verifier;
    private final Buckets buckets;
    private final Budget room;

    /** What a request says, and the bytes that its signature is over. */
    private record Said(Parameters parameters, FormBody form) {}

    /**
     * Stands before the handler of all else.
     *
     * @param room bytes for requests under way, shared by projects
     */
    public StsHandler(
            RequestHandler s3,
            Addressing addressing,
            AssumeRole assumeRole,
            SignatureVerifier verifier,
            Buckets buckets,
            Budget room) {
        this.s3 = s3;
        this.addressing = addressing;
        this.assumeRole = assumeRole;
        this.verifier = verifier;
        this.buckets = buckets;
        this.room = room;
    }

    @Override
    public CompletionStage<Void> handle(Exchange exchange) {
        return isForSts(exchange.request()) ? serve(exchange) : s3.handle(exchange);
    }

    private boolean isForSts(HttpRequest head) {
        String uri = head.uri();
        String type = head.headers().get(HttpHeaderNames.CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
        boolean form = head.method().equals(HttpMethod.POST) && uri.equals("/") && type.startsWith(FORM);
        boolean query = head.method().equals(HttpMethod.GET)
                && uri.startsWith("/?")
                && (uri.startsWith("Action=", 2) || uri.contains("&Action="));
        return (form || query)
                && addressing
                                .find(head.headers().get(HttpHeaderNames.HOST, ""), "/")
                                .level()
                        == Place.Level.SERVICE;
    }

    private CompletionStage<Void> serve(Exchange exchange) {
        return CompletableFuture.completedStage(exchange)
                .thenCompose(this::said)
                .thenCompose(said -> answer(exchange, said))
                .exceptionally(failure -> failed(failure, exchange.requestId()))
                .thenAcceptAsync(exchange::respond, exchange.eventLoop());
    }

    private CompletionStage<Said> said(Exchange exchange) {
        exchange.named("Sts");
        exchange.countAgainst(room.lease(UnknownSender.INSTANCE.sharer()));
        HttpRequest head = exchange.request();
        if (head.method().equals(HttpMethod.GET)) {
            exchange.reserve(
                    RequestMemory.OF_EXCHANGE + (long) COPIES * head.uri().length());
            return CompletableFuture.completedStage(
                    new Said(Parameters.of(RequestTarget.parse(head.uri()).parameters()), new FormBody()));
        }
        exchange.reserve(RequestMemory.OF_EXCHANGE + COPIES * announced(head.headers()));
        FormBody form = new FormBody();
        return exchange.receive(form, NoOutlet.INSTANCE)
                .thenApply(done -> new Said(Parameters.parse(form.text()), form));
    }

    private static long announced(HttpHeaders headers) {
        long length =
                Decimal.parse(headers.get(HttpHeaderNames.CONTENT_LENGTH, "")).orElse((long) FormBody.MAX_BYTES);
        if (length > FormBody.MAX_BYTES) {
            throw new S3Exception(S3Error.MAX_MESSAGE_LENGTH_EXCEEDED);
        }
        return length;
    }

    private CompletionStage<Response> answer(Exchange exchange, Said said) {
        Parameters given = said.parameters();
        String action = given.find("Action")
                .orElseThrow(() -> new StsException(400, "MissingAction", "The request has no Action."));
        if (!given.find("Version").filter(VERSION::equals).isPresent()) {
            throw noSuch(action);
        }
        CompletionStage<List<XmlElement>> result =
                switch (action) {
                    case AssumeRole.ACTION -> {
                        exchange.named(action);
                        yield assumeRole.answer(given);
                    }
                    case CallerIdentity.ACTION -> {
                        exchange.named(action);
                        given.allowOnly(Set.of("Action", "Version"));
                        yield CompletableFuture.completedStage(
                                CallerIdentity.of(caller(exchange, said.form().bytes())));
                    }
                    default -> throw noSuch(action);
                };
        return result.thenApply(elements -> Answers.success(action, elements, exchange.requestId()));
    }

    private S3Credential caller(Exchange exchange, byte[] body) {
        HttpRequest head = exchange.request();
        S3Credential caller = verifier.verifySts(head.method(), RequestTarget.parse(head.uri()), head.headers(), body);
        buckets.admit(caller).requireHolding();
        exchange.countAgainst(room.lease(caller.project().id()));
        exchange.reserve(RequestMemory.OF_EXCHANGE);
        return caller;
    }

    private static StsException noSuch(String action) {
        return new StsException(
                400,
                "InvalidAction",
                "Could not find operation " + (action.length() > 64 ? "" : action + ' ') + "for version " + VERSION);
    }

    private static Response failed(Throwable failure, String requestId) {
        Throwable cause = StageFailure.cause(failure);
        return Answers.failure(told(cause, requestId), requestId);
    }

    private static StsException told(Throwable cause, String requestId) {
        if (cause instanceof StsException told) {
            return told;
        }
        if (cause instanceof IdentityException e) {
            return StsException.of(e);
        }
        if (cause instanceof S3Exception e) {
            return StsException.of(e);
        }
        LOG.error("request {} failed", requestId, cause);
        return new StsException(500, "InternalFailure", "The request processing has failed.");
    }
}
