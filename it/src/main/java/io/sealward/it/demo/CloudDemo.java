package io.sealward.it.demo;

import io.sealward.it.packaged.Folder;
import io.sealward.it.packaged.Launcher;
import io.sealward.it.packaged.Resources;
import io.sealward.it.packaged.Stage;
import io.sealward.it.packaged.StagePlan;
import io.sealward.it.store.S3Target;
import java.io.IOException;

/** A tenant's key in a cloud: the gateway runs from its package, and the cloud is a stand-in, each a process of its own. */
record CloudDemo(Cloud cloud, Script script) implements DemoKind {
    /** The clouds that there are stand-ins for. */
    enum Cloud {
        AWS(played("AWS", "signatures, sessions, ExternalIds, policies and encryption contexts")),
        GCP(played("Google Cloud", "identity tokens, audiences, principals, checksums and key states")),
        AZURE(played("Azure", "tenants, application credentials, roles and key states")),
        VAULT(played("Vault", "identity tokens, audiences, policies, contexts and key versions")),
        PKCS11("The token is one of SoftHSM 2, a real PKCS#11 library that is installed on this machine.");

        private final String introduction;

        Cloud(String introduction) {
            this.introduction = introduction;
        }

        private static String played(String title, String enforced) {
            return title + " is not asked here: a stand-in on this machine plays it, and enforces its " + enforced
                    + ".";
        }
    }

    @Override
    public S3Target show(Resources resources, int port) throws IOException, InterruptedException {
        Folder folder = resources.own(() -> Folder.temporary("sealward-demo-"));
        script.out().println(cloud.introduction);
        Stage stage = Stage.set(
                Launcher.of(resources),
                cloud.name().toLowerCase(java.util.Locale.ROOT),
                folder.path(),
                StagePlan.of(port, 1));
        script.out().println("Everything of this demo is in " + folder.path());
        script.out().println("  store       " + stage.store().endpoint() + "  (S3Proxy, objects are files)");
        script.out().println("  gateway     " + stage.gateway().s3());
        script.out().println("  management  " + stage.gateway().management());
        return new CloudTour(stage, script).walk();
    }
}
