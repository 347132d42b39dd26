package io.sealward.gateway.request;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.crypto.seal.ObjectSeal;
import io.sealward.gateway.body.RequestBody;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.StoreRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What describes an object: standard headers, the client's metadata, and the seal among it. */
public final class MetadataHeaders {
    private static final String META = "x-amz-meta-";
    static final String RESERVED = META + "sealward-";

    /** S3 counts names without the prefix, and values. */
    private static final int MAX_METADATA_BYTES = 2048;

    /** The store keeps them with the object and beside its metadata, as they are: tags, too, are in clear there. */
    static final List<String> KEPT_BESIDE = List.of(
            "x-amz-storage-class",
            "x-amz-tagging",
            "x-amz-object-lock-mode",
            "x-amz-object-lock-retain-until-date",
            "x-amz-object-lock-legal-hold");

    private static final List<String> STANDARD =
            List.of("content-type", "cache-control", "content-disposition", "content-language", "expires");
    private static final List<String> PASSED_BACK = List.of(
            "content-type",
            "cache-control",
            "content-disposition",
            "content-encoding",
            "content-language",
            "expires",
            "last-modified",
            "x-amz-version-id",
            "x-amz-delete-marker",
            "x-amz-storage-class",
            "x-amz-tagging-count",
            "x-amz-object-lock-mode",
            "x-amz-object-lock-retain-until-date",
            "x-amz-object-lock-legal-hold",
            "x-amz-restore",
            "x-amz-archive-status",
            "x-amz-expiration");

    private MetadataHeaders() {}

    /**
     * What the store is to keep with a new object.
     *
     * @throws S3Exception MetadataTooLarge if the client's metadata leaves no room for the seal
     */
    public static HttpHeaders toStore(HttpHeaders request, ObjectSeal seal) {
        return toStore(request, request, seal);
    }

    /**
     * The same of an object that another one describes.
     *
     * @param described says what it is: a request, or a stored object, of which the seal stays behind
     * @param request says how it is kept
     */
    public static HttpHeaders toStore(HttpHeaders described, HttpHeaders request, ObjectSeal seal) {
        HttpHeaders kept = new DefaultHttpHeaders();
        copy(STANDARD, described, kept);
        copy(KEPT_BESIDE, request, kept);
        RequestBody.storedContentEncoding(described).ifPresent(encoding -> kept.set("content-encoding", encoding));
        int bytes = 0;
        for (Map.Entry<String, String> header : described) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.startsWith(META) && !name.startsWith(RESERVED)) {
                String value = EncodedWord.of(header.getValue()); // not every store signs what is beyond ASCII alike
                kept.add(header.getKey(), value);
                bytes += header.getKey().length() - META.length() + value.length();
            }
        }
        for (Map.Entry<String, String> entry : seal.toMetadata().entrySet()) {
            kept.set(META + entry.getKey(), entry.getValue());
            bytes += entry.getKey().length() + entry.getValue().length();
        }
        if (bytes > MAX_METADATA_BYTES) {
            throw new S3Exception(
                    S3Error.METADATA_TOO_LARGE,
                    "Your metadata and the object's seal together take " + bytes + " bytes; S3 keeps "
                            + MAX_METADATA_BYTES + ".");
        }
        return kept;
    }

    private static void copy(List<String> names, HttpHeaders from, HttpHeaders to) {
        for (String name : names) {
            String value = from.get(name);
            if (value != null) {
                to.set(name, value);
            }
        }
    }

    /** Adds an entry of the seal's to what the store is to keep, unless the metadata would be too large with it. */
    public static void addIfRoom(StoreRequest put, String name, String value) {
        int bytes = name.length() + value.length();
        for (Map.Entry<String, String> header : put.headers()) {
            if (header.getKey().toLowerCase(Locale.ROOT).startsWith(META)) {
                bytes += header.getKey().length()
                        - META.length()
                        + header.getValue().length();
            }
        }
        if (bytes <= MAX_METADATA_BYTES) {
            put.header(META + name, value);
        }
    }

    /** The seal's own entries among the headers of a stored object. */
    public static List<Map.Entry<String, String>> sealEntries(HttpHeaders stored) {
        List<Map.Entry<String, String>> entries = new ArrayList<>();
        for (Map.Entry<String, String> header : stored) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.startsWith(RESERVED)) {
                entries.add(Map.entry(name.substring(META.length()), header.getValue()));
            }
        }
        return entries;
    }

    /** What a client sees of a stored object. Its seal, and any checksum the store made of sealed bytes, stay behind. */
    public static HttpHeaders toClient(HttpHeaders stored) {
        HttpHeaders shown = new DefaultHttpHeaders();
        copy(PASSED_BACK, stored, shown);
        for (Map.Entry<String, String> header : stored) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.startsWith(META) && !name.startsWith(RESERVED)) {
                shown.add(header.getKey(), EncodedWord.of(header.getValue()));
            }
        }
        return shown;
    }
}
