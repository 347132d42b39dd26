package io.sealward.gateway.store;

import io.sealward.gateway.budget.Places;
import java.time.Duration;

/**
 * How many requests the store works on at once, which projects share. A request holds a place from before it has a
 * connection until the store has answered it, and no place where the client sets the pace: the body of an object on its way
 * out, and one on its way in until its end. So whoever holds a place waits for the store alone.
 *
 * @param requests for all that is about one object or bucket
 * @param listings for what lists or deletes many keys, each of which takes a store as long as many others
 * @param patience how long a request waits for its place
 */
record StorePlaces(Places requests, Places listings, Duration patience) {
    static StorePlaces of(StoreSettings settings) {
        return new StorePlaces(
                new Places(settings.atOnce().requests()),
                new Places(settings.atOnce().listings()),
                settings.timeouts().response());
    }

    Places of(StoreRequest request) {
        return request.aboutManyKeys() ? listings : requests;
    }
}
