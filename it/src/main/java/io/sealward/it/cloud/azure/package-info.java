/** An Azure that enforces: Microsoft Entra and Key Vault, over the wire that the real SDKs speak. */
package io.sealward.it.cloud.azure;
