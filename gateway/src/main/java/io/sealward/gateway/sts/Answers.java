package io.sealward.gateway.sts;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.xml.XmlElement;
import java.util.List;

/** The documents of STS. Source: AWS STS API Reference. */
final class Answers {
    private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

    private Answers() {}

    static Response success(String action, List<XmlElement> result, String requestId) {
        return of(
                200,
                XmlElement.of(
                        action + "Response",
                        List.of(
                                XmlElement.of(action + "Result", result),
                                XmlElement.of("ResponseMetadata", List.of(XmlElement.text("RequestId", requestId))))),
                requestId);
    }

    static Response failure(StsException failure, String requestId) {
        return of(
                failure.status(),
                XmlElement.of(
                        "ErrorResponse",
                        List.of(
                                XmlElement.of(
                                        "Error",
                                        List.of(
                                                XmlElement.text("Type", failure.status() < 500 ? "Sender" : "Receiver"),
                                                XmlElement.text("Code", failure.code()),
                                                XmlElement.text("Message", failure.getMessage()))),
                                XmlElement.text("RequestId", requestId))),
                requestId);
    }

    /** An answer may hold a secret. */
    private static Response of(int status, XmlElement document, String requestId) {
        Response response = Response.xml(status, document.toDocument(NAMESPACE));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/xml")
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set("x-amzn-requestid", requestId);
        return response;
    }
}
