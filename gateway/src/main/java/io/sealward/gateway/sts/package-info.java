/**
 * Temporary credentials, as AWS STS gives them: a role is taken on with an identity token, and the session token that is given
 * for it says to every node all that there is to know.
 */
package io.sealward.gateway.sts;
