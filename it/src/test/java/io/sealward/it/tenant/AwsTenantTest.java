package io.sealward.it.tenant;

import java.nio.file.Path;

class AwsTenantTest extends CloudContract {
    @Override
    TestCloud cloud(Path folder) {
        return new AwsTestCloud();
    }
}
