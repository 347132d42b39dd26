package io.sealward.gateway.management.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What a body of the management API says is what any other reader of JSON would find in it. */
class JsonBodyFuzzTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<byte[]> bodies() {
        byte[] longer = "{\"inside\":{\"XX\":{}}}".getBytes(UTF_8);
        longer[12] = (byte) 0xC1;
        longer[13] = (byte) 0xBC;
        Stream<byte[]> texts = Stream.of(
                        "{\"name\":\"a\",\"count\":7,\"on\":true,\"none\":null,\"inside\":{\"name\":\"b\",\"policy\":{\"x\":[1]}}}",
                        "{\"name\":\"\\u0000\",\"count\":1e3}",
                        "{\"name\":\"a\",\"name\":\"b\"}",
                        "{\"inside\":{}, \"count\":-99999999999999999999999999999999}",
                        "\uFEFF{\"name\":\"\uD83D\uDE00\",\"inside\":{\"\u00fc\" : {\"a\":{}}}}",
                        "[[[[[[[[[[[[[[[[[[[[",
                        "{\"name\":\"\\ud800\"} x")
                .map(text -> text.getBytes(UTF_8));
        return Stream.concat(texts, Stream.of(longer));
    }

    @MethodSource("bodies")
    @FuzzTest
    void aBodyHasOneReading(byte[] bytes) {
        try {
            JsonBody body = JsonBody.parse(bytes);
            Optional<String> name = body.optionalText("name", 100);
            Optional<Integer> count = body.optionalInteger("count", -10, 1000);
            Optional<String> document = body.optionalDocument("inside");
            JsonNode other = bytes.length == 0 ? JSON.createObjectNode() : JSON.readTree(bytes);
            assertThat(name).isEqualTo(Optional.ofNullable(other.path("name").textValue()));
            assertThat(count.map(Integer::longValue))
                    .isEqualTo(Optional.of(other.path("count"))
                            .filter(JsonNode::isNumber)
                            .map(JsonNode::longValue));
            if (document.isPresent()) {
                assertThat(JSON.readTree(document.get())).isEqualTo(other.path("inside"));
            }
            body.rejectOthers();
            assertThat(List.of("name", "count", "inside")).containsAll(() -> other.fieldNames());
        } catch (ApiException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        } catch (IOException e) {
            throw new AssertionError("taken, but no JSON", e);
        }
    }

    static Stream<byte[]> queries() {
        return Stream.of("?after=a&limit=20&order=asc", "?name[]=a&name[]=b", "?limit=+5&limit=6", "?%zz", "?after=%00")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("queries")
    @FuzzTest
    void aQueryIsReadOrRefused(byte[] query) {
        try {
            QueryParameters parameters =
                    new QueryParameters(new QueryStringDecoder(new String(query, UTF_8)).parameters());
            assertThat(parameters.page(1).limit()).isBetween(1, 100);
            parameters.texts("name").forEach(name -> assertThat(Printable.is(name))
                    .isTrue());
            parameters.rejectOthers();
        } catch (ApiException | IllegalArgumentException refused) { // the one is the router's to tell
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}
