package io.sealward.it.tenant;

import java.nio.file.Path;

class GcpTenantTest extends CloudContract {
    @Override
    TestCloud cloud(Path folder) {
        return new GcpTestCloud(folder);
    }
}
