package io.sealward.gateway.loopback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What the gateway logs, down to the level of information, while this is open. */
public final class Logged implements AutoCloseable {
    private final Logger logger;
    private final Level level;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> capture = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getLevel() + " " + event.getFormattedMessage());
        }
    };

    public Logged() {
        this("io.sealward");
    }

    public Logged(String name) {
        logger = (Logger) LoggerFactory.getLogger(name);
        capture.setContext(logger.getLoggerContext());
        capture.start();
        level = logger.getLevel();
        logger.setLevel(Level.INFO);
        logger.addAppender(capture);
    }

    /** Level and message of each. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        logger.detachAppender(capture);
        logger.setLevel(level);
    }
}
