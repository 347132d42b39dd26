import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;

/** Hadoop's S3A. Run by ../s3a.sh, which gives the server as steps.sh says, and the bucket. */
final class S3aClient {
    private static final String BUCKET = System.getenv("BUCKET");

    private final FileSystem s3;
    private final byte[] small = Files.readAllBytes(java.nio.file.Path.of("small"));
    private final byte[] large = Files.readAllBytes(java.nio.file.Path.of("large"));
    private int passed;
    private int failed;

    private S3aClient() throws IOException {
        Configuration conf = new Configuration();
        conf.set("fs.s3a.endpoint", System.getenv("ENDPOINT"));
        conf.set("fs.s3a.endpoint.region", "us-east-1");
        conf.set("fs.s3a.path.style.access", "true");
        conf.set("fs.s3a.aws.credentials.provider", "software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider");
        conf.set("fs.s3a.multipart.size", "5M");
        s3 = new Path("s3a://" + BUCKET + "/").getFileSystem(conf);
    }

    public static void main(String[] args) throws Exception {
        S3aClient client = new S3aClient();
        client.run();
        System.out.printf("  %d passed, %d failed%n", client.passed, client.failed);
        System.exit(client.failed == 0 ? 0 : 1);
    }

    private static Path at(String key) {
        return new Path("s3a://" + BUCKET, "/" + key);
    }

    private void step(String name, Callable<Boolean> check) {
        try {
            if (!check.call()) {
                throw new IllegalStateException("other than expected");
            }
            passed++;
            System.out.println("    ok    " + name);
        } catch (Exception e) { // a step that fails must not hide the next one
            failed++;
            System.out.println("    FAIL  " + name + "\n          " + e);
        }
    }

    private boolean write(String key, byte[] content) throws IOException {
        try (FSDataOutputStream stream = s3.create(at(key), true)) {
            stream.write(content);
        }
        return s3.getFileStatus(at(key)).getLen() == content.length;
    }

    private byte[] read(String key) throws IOException {
        try (InputStream stream = s3.open(at(key))) {
            return stream.readAllBytes();
        }
    }

    private boolean holds(String key, byte[] content) throws IOException {
        return Arrays.equals(read(key), content);
    }

    private boolean seek() throws IOException {
        byte[] piece = new byte[70000];
        try (FSDataInputStream stream = s3.open(at("large"))) {
            stream.seek(65530);
            stream.readFully(piece);
            boolean first = Arrays.equals(piece, Arrays.copyOfRange(large, 65530, 135530));
            stream.readFully(large.length - 100000, piece);
            return first && Arrays.equals(piece, Arrays.copyOfRange(large, large.length - 100000, large.length - 30000));
        }
    }

    private boolean createNew() throws IOException {
        try (FSDataOutputStream stream = s3.create(at("new"), false)) {
            stream.write(small);
        }
        try {
            s3.create(at("new"), false).close();
            return false;
        } catch (FileAlreadyExistsException e) {
            return holds("new", small);
        }
    }

    private boolean append() throws IOException {
        byte[] twice = Arrays.copyOf(small, 2 * small.length);
        System.arraycopy(small, 0, twice, small.length, small.length);
        byte[] before = read("appended");
        return Arrays.equals(before, small) && write("appended", twice) && holds("appended", twice);
    }

    private boolean metadata() throws IOException {
        var builder = s3.createFile(at("described"));
        builder.opt("fs.s3a.create.header.colour", "blue");
        try (FSDataOutputStream stream = builder.build()) {
            stream.write(small);
        }
        Map<String, byte[]> attributes = s3.getXAttrs(at("described"));
        return Arrays.equals(attributes.get("header.colour"), "blue".getBytes("UTF-8"));
    }

    private boolean many() throws IOException {
        for (int n = 0; n < 20; n++) {
            write("many/" + n % 3 + "/" + n, small);
        }
        return s3.listStatus(at("many")).length == 3 && s3.getContentSummary(at("many")).getFileCount() == 20;
    }

    private boolean renameFolder() throws IOException {
        return s3.rename(at("many"), at("moved")) && s3.getContentSummary(at("moved")).getFileCount() == 20 && !s3.exists(at("many"));
    }

    private boolean sealed() throws Exception {
        return System.getenv("DIRECT") != null && !System.getenv("DIRECT").isEmpty()
                || new ProcessBuilder("python3", System.getenv("SEALED"), BUCKET, "small", "large").inheritIO().start().waitFor() == 0;
    }

    private void run() {
        String odd = "a b/ü+%20%";
        step("create", () -> write(odd, small));
        step("the same bytes", () -> holds(odd, small));
        step("create in parts", () -> write("large", large));
        step("the same bytes", () -> holds("large", large));
        step("create an empty one", () -> write("empty", new byte[0]) && holds("empty", new byte[0]));
        step("seek and read", this::seek);
        step("overwrite", () -> write("appended", large) && write("appended", small) && holds("appended", small));
        step("append by writing anew", this::append);
        step("create what is new alone", this::createNew);
        step("metadata", this::metadata);
        step("put", () -> FileUtil.copy(new java.io.File("large"), s3, at("put"), false, s3.getConf()) && holds("put", large));
        step("copy", () -> FileUtil.copy(s3, at(odd), s3, at("copy"), false, s3.getConf()) && holds("copy", small));
        step("rename", () -> s3.rename(at("copy"), at("renamed")) && holds("renamed", small) && !s3.exists(at("copy")));
        step("rename what has parts", () -> s3.rename(at("large"), at("copy ü+%")) && holds("copy ü+%", large));
        step("make a folder", () -> s3.mkdirs(at("folder/in it")) && s3.getFileStatus(at("folder/in it")).isDirectory());
        step("list", this::many);
        step("rename a folder", this::renameFolder);
        step("nothing lies in the clear", this::sealed);
        step("delete", () -> s3.delete(at("renamed"), false) && !s3.exists(at("renamed")));
        step("delete a folder", () -> s3.delete(at("moved"), true) && !s3.exists(at("moved/1")));
    }
}
