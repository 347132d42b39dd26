package io.sealward.gateway.management;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sealward.gateway.Eventually;
import io.sealward.gateway.management.http.ApiConnections;
import io.sealward.gateway.metrics.Metrics;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whoever reaches the port can neither fill the memory nor the log. */
class HostileClientsTest {
    private static final String HEALTH = "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final int TIMEOUT_MILLIS = 120_000;

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Metrics metrics = new Metrics();
    private final ManagementServer server = ManagementServer.start(
            new ManagementSettings(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    Optional.empty(),
                    List.of(),
                    Optional.empty()),
            Optional.empty(),
            metrics);

    @BeforeEach
    void listen() {
        logged.start();
        root.addAppender(logged);
    }

    @AfterEach
    void stop() {
        root.detachAppender(logged);
        server.close();
        metrics.close();
    }

    private Socket connect() throws IOException {
        Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    private void assertNothingWasLogged() {
        Eventually.holds(() -> assertThat(server.connections()).isZero());
        assertThat(logged.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN) || event.getThrowableProxy() != null)
                .isEmpty();
        try (Socket next = connect()) {
            next.getOutputStream().write(HEALTH.getBytes(US_ASCII));
            assertThat(new String(next.getInputStream().readNBytes(15), US_ASCII))
                    .isEqualTo("HTTP/1.1 200 OK");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoPipelinesMoreThanMayWaitIsCutOff() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(HEALTH.repeat(10_000).getBytes(US_ASCII));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketException reset) {
            // as good as an end
        }
        assertNothingWasLogged();
    }

    @Test
    void aFewPipelinedRequestsAreAnsweredInOrder() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write((HEALTH.repeat(49) + "GET /nowhere HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                            .getBytes(US_ASCII));
            String answers = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(50);
            assertThat(answers.substring(answers.lastIndexOf("HTTP/1.1"))).startsWith("HTTP/1.1 404");
        }
        assertNothingWasLogged();
    }

    @Test
    void whoClosesAmidABodyLeavesNothing() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write("POST /healthz HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n{".getBytes(US_ASCII));
        }
        Eventually.holds(() -> assertThat(server.connections()).isZero());
        try (Socket socket = connect()) {
            socket.getOutputStream().write("POST /healthz HTT".getBytes(US_ASCII));
        }
        assertNothingWasLogged();
    }

    @Test
    void whatIsNoHttpIsToldSo() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream().write("\u0016\u0003\u0001 nonsense\r\n\r\n".getBytes(US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 400");
        }
        assertNothingWasLogged();
    }

    @Test
    void aRequestHasABoundedNumberOfHeaders() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write(("GET /healthz HTTP/1.1\r\nHost: h\r\n" + "a:\r\n".repeat(1_000) + "\r\n")
                            .getBytes(US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 400")
                    .contains("request_line_or_headers_too_large");
        }
        assertNothingWasLogged();
    }

    @Test
    void aConnectionBeyondTheLimitIsClosedAndOneThatEndsMakesRoom() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < ApiConnections.MAX_CONNECTIONS; i++) {
                sockets.add(connect());
            }
            Eventually.holds(() -> assertThat(server.connections()).isEqualTo(ApiConnections.MAX_CONNECTIONS));
            try (Socket tooMany = connect()) {
                assertThat(tooMany.getInputStream().read()).isNegative();
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        assertNothingWasLogged();
    }
}
