package io.sealward.it.tenant;

import io.sealward.providers.local.LocalKeystoreException;
import java.nio.file.Path;

class LocalTenantTest extends TenantContract {
    @Override
    TestCloud cloud(Path folder) throws LocalKeystoreException {
        return new LocalTestCloud(folder);
    }
}
