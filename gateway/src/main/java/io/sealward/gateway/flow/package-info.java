/** What the two sides of a stream agree on: who may write when. */
package io.sealward.gateway.flow;
