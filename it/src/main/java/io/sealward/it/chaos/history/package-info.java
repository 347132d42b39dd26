/** What clients did to keys and what they were told, and whether any order of it makes sense. */
package io.sealward.it.chaos.history;
