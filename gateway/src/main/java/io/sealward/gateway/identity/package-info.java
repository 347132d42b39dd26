/** Who somebody is, as an OpenID Connect issuer vouches for it in an identity token, and whom a role trusts in that. */
package io.sealward.gateway.identity;
