package io.sealward.gateway.registry.table;

import io.sealward.gateway.registry.database.Database;
import io.sealward.gateway.trail.Anchors;
import io.sealward.gateway.trail.Link;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Keeps the ends of the gateways' audit trails: a row for each. */
public final class TrailAnchors implements Anchors {
    private final Database database;

    public TrailAnchors(Database database) {
        this.database = database;
    }

    @Override
    public void put(String trailId, Anchor anchor) {
        database.append(handle -> {
            if (write(
                            handle,
                            "UPDATE trail_anchor SET number = :number, hash = :hash, at = :at WHERE id = :id",
                            trailId,
                            anchor)
                    == 0) {
                write(
                        handle,
                        "INSERT INTO trail_anchor (id, number, hash, at) VALUES (:id, :number, :hash, :at)",
                        trailId,
                        anchor);
            }
            return trailId;
        });
    }

    private static int write(Handle handle, String statement, String trailId, Anchor anchor) {
        return handle.createUpdate(statement)
                .bind("id", trailId)
                .bind("number", anchor.end().number())
                .bind("hash", anchor.end().hash())
                .bind("at", anchor.at())
                .execute();
    }

    @Override
    public Optional<Anchor> find(String trailId) {
        return database.read(handle -> handle.createQuery("SELECT number, hash, at FROM trail_anchor WHERE id = :id")
                .bind("id", trailId)
                .map((rs, context) ->
                        new Anchor(new Link(rs.getLong("number"), rs.getString("hash")), rs.getLong("at")))
                .findOne());
    }
}
