/** How the log is written: what the log's configuration, {@code logback.xml}, needs beside its library. */
package io.sealward.gateway.log;
