package io.sealward.gateway.copy;

import io.sealward.gateway.document.Documents;
import io.sealward.gateway.key.ObjectKeys;
import io.sealward.gateway.multipart.Uploads;
import io.sealward.gateway.object.FolderWrites;
import io.sealward.gateway.object.PartLayouts;
import io.sealward.gateway.object.SealedUpload;
import io.sealward.gateway.object.SourceReads;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.tenant.Buckets;
import java.security.SecureRandom;
import java.util.List;

/** The operations of this package: each a line. */
public final class CopyOperations {
    private CopyOperations() {}

    public static List<Operation> all(
            Uploads uploads,
            Documents documents,
            ObjectKeys keys,
            PartLayouts layouts,
            Buckets buckets,
            SecureRandom random) {
        FolderWrites folders = new FolderWrites(documents.clients());
        SealedUpload upload = new SealedUpload(documents.clients());
        SourceReads sources = new SourceReads(documents.clients(), keys, layouts, buckets);
        StreamedCopy through = new StreamedCopy(sources, folders, upload, keys, random);
        return List.of(
                new CopyObject(documents, keys, sources, new StoreCopy(keys, folders), through),
                new UploadPartCopy(uploads, documents, keys, sources, upload, random));
    }
}
