package io.sealward.gateway.multipart;

import io.sealward.crypto.seal.Layout;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.key.ObjectKeys;
import io.sealward.gateway.object.FolderWrites;
import io.sealward.gateway.object.Layouts;
import io.sealward.gateway.object.SealedUpload;
import io.sealward.gateway.request.Operation;
import java.security.SecureRandom;

/** The operations of this package, ready to be routed to. */
public record MultipartOperations(
        Operation create, Operation uploadPart, Operation complete, Operation abort, Operation listParts) {
    /**
     * Builds them.
     *
     * @param layout {@link Layout#PARTS} or {@link Layout#ALIGNED_PARTS}: what new uploads are held to
     */
    public static MultipartOperations of(
            Documents documents,
            ObjectKeys keys,
            SealedUpload upload,
            Layouts layouts,
            Layout layout,
            SecureRandom random) {
        FolderWrites folders = new FolderWrites(documents.clients());
        return new MultipartOperations(
                new CreateMultipartUpload(folders, documents, keys, layout),
                new UploadPart(upload, keys, random),
                new CompleteMultipartUpload(folders, documents, keys, layouts, random),
                new AbortMultipartUpload(documents),
                new ListParts(documents));
    }
}
