package io.sealward.gateway.object;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.request.AcceptedHeaders;
import io.sealward.gateway.request.Accepts;
import io.sealward.gateway.request.BodyKind;
import io.sealward.gateway.request.Declaration;
import io.sealward.gateway.request.ObjectUrl;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.Rights;
import io.sealward.gateway.request.Route;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.request.Treatment;
import io.sealward.gateway.s3.UriEncoding;
import io.sealward.gateway.xml.XmlElement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * PostObject: a PutObject whose headers came as fields of a form, and whose answer is for a browser. Source: Amazon S3 API
 * Reference, "POST Object".
 */
final class PostObject implements Operation {
    private static final int SEE_OTHER = 303;

    private static final Declaration DECLARATION = new Declaration(
            "PostObject",
            Route.of(HttpMethod.POST, Place.Level.BUCKET),
            Rights.ofNewObject(),
            new Accepts(BodyKind.FORM, AcceptedHeaders.ofNewObject()),
            Treatment.sealed("policies of Signature Version 4; the file is the form's last field"));

    private final PutObject put;

    PostObject(PutObject put) {
        this.put = put;
    }

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public CompletionStage<Void> handle(S3Request request, Exchange exchange) {
        return put.store(request, exchange)
                .thenAccept(stored -> exchange.respond(answer(request, ObjectUrl.of(request, exchange), stored)));
    }

    private static Response answer(S3Request request, String url, Response stored) {
        String etag = stored.headers().get(HttpHeaderNames.ETAG, "");
        HttpHeaders headers = new DefaultHttpHeaders().add(stored.headers());
        Optional<String> redirect = request.header("success_action_redirect")
                .or(() -> request.header("redirect"))
                .filter(to -> to.matches("https?://[!-~]+"));
        if (redirect.isPresent()) {
            headers.set(HttpHeaderNames.LOCATION, redirect.get() + told(redirect.get(), request, etag));
            return Response.empty(SEE_OTHER, headers);
        }
        headers.set(HttpHeaderNames.LOCATION, url);
        return switch (request.header("success_action_status").orElse("")) {
            case "200" -> Response.empty(200, headers);
            case "201" -> created(request, url, etag, headers);
            default -> Response.empty(204, headers);
        };
    }

    private static String told(String redirect, S3Request request, String etag) {
        return (redirect.indexOf('?') < 0 ? "?bucket=" : "&bucket=") + UriEncoding.encodeQuery(request.bucket())
                + "&key=" + UriEncoding.encodeQuery(request.key())
                + "&etag=" + UriEncoding.encodeQuery(etag);
    }

    private static Response created(S3Request request, String url, String etag, HttpHeaders headers) {
        XmlElement result = XmlElement.of(
                "PostResponse",
                List.of(
                        XmlElement.text("Location", url),
                        XmlElement.text("Bucket", request.bucket()),
                        XmlElement.text("Key", request.key()),
                        XmlElement.text("ETag", etag)));
        Response response = Response.xml(201, result.toDocument());
        response.headers().add(headers);
        return response;
    }
}
