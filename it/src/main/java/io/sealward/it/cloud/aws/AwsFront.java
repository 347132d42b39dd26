package io.sealward.it.cloud.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;

/** Takes requests off the wire, to STS or KMS, and puts their answers and errors into each service's own form. */
final class AwsFront implements HttpHandler {
    private static final String JSON = "application/x-amz-json-1.1";
    private static final String XML = "text/xml";

    private final ObjectMapper json = new ObjectMapper();
    private final Sts sts;
    private final Kms kms;
    private final PlannedFaults faults;
    private final AwsCalls calls;

    AwsFront(Sts sts, Kms kms, PlannedFaults faults, AwsCalls calls) {
        this.sts = sts;
        this.kms = kms;
        this.faults = faults;
        this.calls = calls;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        // Closing an exchange that was not answered drops the connection.
        try (exchange) {
            AwsRequest request = AwsRequest.read(exchange);
            try {
                answer(exchange, request);
            } catch (AwsRefusal refusal) {
                send(exchange, refusal.status(), request.isKms() ? JSON : XML, error(request, refusal));
            }
        } catch (GeneralSecurityException broken) {
            throw new IOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, AwsRequest request)
            throws IOException, AwsRefusal, GeneralSecurityException, InterruptedException {
        AwsOperation operation = operation(request);
        calls.count(operation);
        Optional<AwsFault> fault = faults.take(operation);
        if (fault.isEmpty() && operation != AwsOperation.ASSUME_ROLE) {
            fault = kms.keyOf(request).faults().take(operation);
        }
        if (fault.isPresent()) {
            if (fault.get() instanceof AwsFault.Drop) {
                return;
            }
            if (fault.get() instanceof AwsFault.Answer instead) {
                send(exchange, instead.status(), instead.contentType(), instead.body());
                return;
            }
            meet(fault.get());
        }
        switch (operation) {
            case ASSUME_ROLE -> send(exchange, 200, XML, sts.assumeRole(request));
            case ENCRYPT -> send(exchange, 200, JSON, kms.encrypt(request));
            case DECRYPT -> send(exchange, 200, JSON, kms.decrypt(request));
        }
    }

    private static void meet(AwsFault fault) throws AwsRefusal, InterruptedException {
        if (fault instanceof AwsFault.Refuse refuse) {
            throw new AwsRefusal(refuse.status(), refuse.code(), refuse.message());
        }
        if (fault instanceof AwsFault.Hold hold) {
            hold.until().await();
        }
    }

    private static AwsOperation operation(AwsRequest request) throws AwsRefusal {
        if (!request.method().equals("POST") || !request.path().equals("/")) {
            throw new AwsRefusal(400, "UnknownOperationException", "POST / is all there is.");
        }
        String target = request.header("x-amz-target").orElse("");
        return AwsOperation.of(
                target.startsWith("TrentService.")
                        ? target.substring("TrentService.".length())
                        : request.form().getOrDefault("Action", ""));
    }

    private String error(AwsRequest request, AwsRefusal refusal) throws IOException {
        if (request.isKms()) {
            return json.writeValueAsString(Map.of("__type", refusal.code(), "message", refusal.getMessage()));
        }
        String message = refusal.getMessage().replace("&", "&amp;").replace("<", "&lt;");
        return "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>"
                + refusal.code() + "</Code><Message>" + message
                + "</Message></Error><RequestId>fake</RequestId></ErrorResponse>";
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
