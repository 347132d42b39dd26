package io.sealward.it.tenant;

import java.nio.file.Path;

class AzureTenantTest extends CloudContract {
    @Override
    TestCloud cloud(Path folder) {
        return new AzureTestCloud();
    }
}
