package io.sealward.it.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of RUNBOOK.md that are marked as tried. */
final class Runbook {
    private Runbook() {}

    /** What a block tells to run, word for word. */
    static String block(String name) throws IOException {
        Matcher block = Pattern.compile("<!-- tried: " + name + " -->\n```sh\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..", "RUNBOOK.md")));
        assertThat(block.find()).as("the runbook has a block " + name).isTrue();
        return block.group(1);
    }
}
