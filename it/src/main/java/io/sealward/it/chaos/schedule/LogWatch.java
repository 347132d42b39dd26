package io.sealward.it.chaos.schedule;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Reads all that is logged in this process: no content may be in it, and no buffer that Netty found leaked. */
final class LogWatch extends AppenderBase<ILoggingEvent> {
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    static LogWatch begin() {
        LoggerContext log = (LoggerContext) LoggerFactory.getILoggerFactory();
        LogWatch watch = new LogWatch();
        watch.setContext(log);
        watch.start();
        Logger root = log.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.setLevel(Level.INFO);
        root.addAppender(watch);
        return watch;
    }

    @Override
    protected void append(ILoggingEvent event) {
        String said = event.getFormattedMessage();
        if (said.contains(Contents.PLANTED) || said.startsWith("LEAK")) {
            wrong.add("logged: " + said);
        }
    }

    List<String> wrong() {
        return List.copyOf(wrong);
    }
}
