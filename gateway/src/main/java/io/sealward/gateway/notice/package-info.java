/** What the operator's own systems hear of by themselves: lines in the log and webhooks, as CloudEvents. */
package io.sealward.gateway.notice;
