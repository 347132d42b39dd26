/**
 * XML on its way: from the client and to it, to the store and from it. Read as it arrives, written as there is room, and all
 * that is held meanwhile is counted in one budget, shared fairly by the projects.
 */
package io.sealward.gateway.document;
