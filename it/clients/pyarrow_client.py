#!/usr/bin/env python3
"""Arrow's file system, on the AWS SDK for C++, with its default options. It has no conditions and no presigned URLs."""

import pyarrow
import pyarrow.dataset as dataset
import pyarrow.fs as fs
import pyarrow.parquet as parquet

from trial import *

s3 = fs.S3FileSystem(
    access_key=access_key,
    secret_key=secret_key,
    region="us-east-1",
    scheme=scheme,
    endpoint_override=host,
    allow_bucket_creation=True,
    **({"tls_ca_file_path": ca} if ca else {}),
)
table = pyarrow.table({"number": range(300_000), "name": [f"name {n % 97}" for n in range(300_000)]})


def at(key):
    return f"{bucket}/{key}"


def write(key, content, **options):
    with s3.open_output_stream(at(key), **options) as stream:
        stream.write(content)


def read(key):
    with s3.open_input_stream(at(key)) as stream:
        return stream.read()


def seek():
    with s3.open_input_file(at("large")) as file:
        file.seek(65530)
        first = file.read(70000)
        file.seek(len(large) - 100000)
        return file.size() == len(large) and first == large[65530:135530] and file.read() == large[-100000:]


def append():
    write("appended", read("appended") + small)
    return read("appended") == small + small


def names(folder, **options):
    return {info.path for info in s3.get_file_info(fs.FileSelector(at(folder), **options))}


def many():
    for n in range(12):
        write(f"many/{n}/file", b"x")
    return len(names("many")) == 12 and len(names("many", recursive=True)) == 24


def metadata():
    write("described", small, metadata={"Content-Type": "text/plain", "colour": "blue"})
    with s3.open_input_stream(at("described")) as stream:
        return stream.metadata()["Content-Type"] == b"text/plain"


def partitions():
    dataset.write_dataset(table, at("set"), filesystem=s3, format="parquet", partitioning=["name"])
    back = dataset.dataset(at("set"), filesystem=s3, format="parquet", partitioning=["name"])
    return back.count_rows(filter=dataset.field("number") < 1000) == 1000


def is_gone(*keys):
    return all(info.type == fs.FileType.NotFound for info in s3.get_file_info([at(key) for key in keys]))


step("make a bucket", lambda: s3.create_dir(bucket))
step("upload", lambda: write(odd, small))
step("the same bytes", lambda: read(odd) == small)
step("upload in parts", lambda: write("large", large))
step("the same bytes", lambda: read("large") == large)
step("upload of nothing", lambda: write("empty", b""))
step("nothing comes back", lambda: read("empty") == b"")
step("sizes", lambda: s3.get_file_info(at("large")).size == len(large))
step("seek and read", seek)
step("metadata", metadata)
step("overwrite", lambda: write("appended", large) or write("appended", small) or read("appended") == small)
step("append by writing anew", append)
step("copy", lambda: s3.copy_file(at(odd), at("copy ü+%")) or read("copy ü+%") == small)
step("copy what has parts", lambda: s3.copy_file(at("large"), at("copy")) or read("copy") == large)
step("rename", lambda: s3.move(at("copy"), at("renamed")) or (read("renamed") == large and is_gone("copy")))
step("make a folder", lambda: s3.create_dir(at("folder/in it")))
step("it is a folder", lambda: s3.get_file_info(at("folder/in it")).type == fs.FileType.Directory)
step("list", many)
step("write and read a table", lambda: parquet.write_table(table, at("t.parquet"), filesystem=s3))
step("the same rows", lambda: parquet.read_table(at("t.parquet"), filesystem=s3).equals(table))
step("write and query partitions", partitions)
step("nothing lies in the clear", sealed)
step("delete", lambda: s3.delete_file(at(odd)) or is_gone(odd))
step("delete many", lambda: s3.delete_dir(at("many")) or is_gone("many", "many/3/file"))
# The bucket stays: in whatever order folders and what is in them are deleted, S3Proxy may keep one that nobody sees.
step("empty the bucket", lambda: s3.delete_dir_contents(bucket) or not names("", recursive=True))
finish()
