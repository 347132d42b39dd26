package io.sealward.it.chaos.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;

class LogWatchTest {
    private final LoggerContext log = new LoggerContext();

    private Logger logger(String name) {
        Logger logger = log.getLogger(name);
        logger.addAppender(new ListAppender<ILoggingEvent>());
        return logger;
    }

    @Test
    void aLoggerThatPassesNothingOnIsReadToo() {
        log.setMDCAdapter(new LogbackMDCAdapter());
        logger(Logger.ROOT_LOGGER_NAME);
        Logger apart = logger("sealward.access");
        apart.setAdditive(false);
        LogWatch watch = LogWatch.on(log);
        apart.info("GET /{}", Contents.PLANTED);
        log.getLogger("another").info(Contents.PLANTED);
        log.getLogger("another").info("as usual");
        assertThat(watch.wrong()).hasSize(2);
    }
}
