package io.sealward.it.tenant;

import java.nio.file.Path;

class VaultTenantTest extends CloudContract {
    @Override
    TestCloud cloud(Path folder) {
        return new VaultTestCloud(folder);
    }
}
