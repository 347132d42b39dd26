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
        return on((LoggerContext) LoggerFactory.getILoggerFactory());
    }

    static LogWatch on(LoggerContext log) {
        LogWatch watch = new LogWatch();
        watch.setContext(log);
        watch.start();
        log.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        for (Logger logger : log.getLoggerList()) { // one that has appenders of its own passes nothing on
            if (logger.iteratorForAppenders().hasNext()) {
                logger.detachAndStopAllAppenders();
                logger.addAppender(watch);
            }
        }
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
