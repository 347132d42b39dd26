/** Forms as browsers send them: their fields, the policy that signs them, and their file as a stream. */
package io.sealward.gateway.form;
