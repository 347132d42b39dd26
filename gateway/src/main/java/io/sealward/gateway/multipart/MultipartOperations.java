package io.sealward.gateway.multipart;

import io.sealward.crypto.seal.Layout;
import io.sealward.gateway.bucket.BucketOperations;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.key.ObjectKeys;
import io.sealward.gateway.object.FolderWrites;
import io.sealward.gateway.object.PartLayouts;
import io.sealward.gateway.object.SealedUpload;
import io.sealward.gateway.request.Operation;
import java.security.SecureRandom;
import java.util.List;

/** The operations of this package: each a line. */
public final class MultipartOperations {
    private MultipartOperations() {}

    /**
     * Builds them.
     *
     * @param layout {@link Layout#PARTS} or {@link Layout#ALIGNED_PARTS}: what new uploads are held to
     */
    public static List<Operation> all(
            Uploads uploads,
            Documents documents,
            ObjectKeys keys,
            PartLayouts layouts,
            Layout layout,
            SecureRandom random) {
        FolderWrites folders = new FolderWrites(documents.clients());
        return List.of(
                new CreateMultipartUpload(uploads, folders, documents, keys, layout),
                new UploadPart(uploads, new SealedUpload(documents.clients()), keys, random),
                new CompleteMultipartUpload(uploads, folders, documents, keys, layouts, random),
                new AbortMultipartUpload(uploads, documents),
                new ListParts(uploads, documents),
                BucketOperations.listMultipartUploads(documents, uploads));
    }
}
