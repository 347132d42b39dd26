/** Who asks: S3 credentials, the project behind them, the buckets it owns and the KEK that seals for it. */
package io.sealward.gateway.tenant;
