package io.sealward.it.cloud.aws;

/** What the fake AWS can do, by the names that the wire uses. */
public enum AwsOperation {
    ASSUME_ROLE("AssumeRole"),
    ENCRYPT("Encrypt"),
    DECRYPT("Decrypt");

    private final String wireName;

    AwsOperation(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    static AwsOperation of(String wireName) throws AwsRefusal {
        for (AwsOperation operation : values()) {
            if (operation.wireName.equals(wireName)) {
                return operation;
            }
        }
        throw new AwsRefusal(400, "UnknownOperationException", "No operation '" + wireName + "' here.");
    }
}
