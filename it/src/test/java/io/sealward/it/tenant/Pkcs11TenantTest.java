package io.sealward.it.tenant;

import java.nio.file.Path;

class Pkcs11TenantTest extends TenantContract {
    @Override
    TestCloud cloud(Path folder) {
        return new Pkcs11TestCloud();
    }
}
