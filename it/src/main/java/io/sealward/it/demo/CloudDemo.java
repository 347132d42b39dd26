package io.sealward.it.demo;

import io.sealward.it.packaged.Folder;
import io.sealward.it.packaged.Launcher;
import io.sealward.it.packaged.Resources;
import io.sealward.it.packaged.Stage;
import io.sealward.it.store.S3Target;
import java.io.IOException;

/** A tenant's key in a cloud: the gateway runs from its package, and the cloud is a stand-in, each a process of its own. */
record CloudDemo(Cloud cloud, Script script) implements DemoKind {
    /** The clouds that there are stand-ins for. */
    enum Cloud {
        AWS("AWS", "signatures, sessions, ExternalIds, policies and encryption contexts"),
        GCP("Google Cloud", "identity tokens, audiences, principals, checksums and key states"),
        AZURE("Azure", "tenants, application credentials, roles and key states"),
        VAULT("Vault", "identity tokens, audiences, policies, contexts and key versions");

        private final String title;
        private final String enforced;

        Cloud(String title, String enforced) {
            this.title = title;
            this.enforced = enforced;
        }
    }

    @Override
    public S3Target show(Resources resources, int port) throws IOException, InterruptedException {
        Folder folder = resources.own(() -> Folder.temporary("sealward-demo-"));
        script.out()
                .println(cloud.title + " is not asked here: a stand-in on this machine plays it, and enforces its "
                        + cloud.enforced + ".");
        Stage stage = Stage.set(
                Launcher.of(resources), cloud.name().toLowerCase(java.util.Locale.ROOT), folder.path(), port, 1);
        script.out().println("Everything of this demo is in " + folder.path());
        script.out().println("  store       " + stage.store().endpoint() + "  (S3Proxy, objects are files)");
        script.out().println("  gateway     " + stage.gateway().s3());
        script.out().println("  management  " + stage.gateway().management());
        return new CloudTour(stage, script).walk();
    }
}
