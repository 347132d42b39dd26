package io.sealward.gateway.front;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The log as it is configured: what a line looks like, and who waits for it. */
class LogLineTest {
    private final PrintStream stderr = System.err;
    private final LoggerContext context = new LoggerContext();

    @AfterEach
    void restore() {
        context.stop();
        System.setErr(stderr);
    }

    private Logger accessLogOn(OutputStream out) throws JoranException {
        System.setErr(new PrintStream(out, true, UTF_8));
        context.setMDCAdapter(new LogbackMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(LogLineTest.class.getResource("/logback.xml"));
        return context.getLogger("sealward.access");
    }

    @Test
    void noControlCharacterOfAClientReachesTheTerminal() throws JoranException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        accessLogOn(out).info("GET /a\u001b[31mb\u0085c\u009bd\r\ne\tf \u00fc");
        context.stop();
        String line = out.toString(UTF_8);
        assertThat(line).contains("GET /a [31mb c d e f \u00fc").endsWith(System.lineSeparator());
        assertThat(line.strip().chars()).noneMatch(Character::isISOControl);
    }

    @Test
    void whatIsLoggedBeforeTheEndIsWrittenInItsOrder() throws JoranException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Logger log = accessLogOn(out);
        for (int i = 0; i < 5000; i++) {
            log.info("line {}", i);
        }
        context.stop();
        assertThat(out.toString(UTF_8).lines().map(line -> line.substring(line.lastIndexOf(' ') + 1)))
                .containsExactlyElementsOf(
                        IntStream.range(0, 5000).mapToObj(Integer::toString).toList());
    }

    @Test
    void anEventThatCannotBeFormattedKeepsNoOtherBack() throws JoranException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Logger log = accessLogOn(out);
        log.info("{}", new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException();
            }
        });
        log.info("after it");
        context.stop();
        assertThat(out.toString(UTF_8)).contains("after it");
    }

    @Test
    void anAccessLineWaitsForNoStalledTerminal() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch stalled = new CountDownLatch(1);
        Logger log = accessLogOn(new OutputStream() {
            @Override
            public void write(int b) {
                writing.countDown();
                try {
                    stalled.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        for (int i = 0; i < 20_000; i++) {
            log.info("{}", i);
        }
        writing.await();
        stalled.countDown();
    }
}
