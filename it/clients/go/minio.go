package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

type minioClient struct{ *minio.Client }

func (c minioClient) put(key string, body []byte, options minio.PutObjectOptions) error {
	_, err := c.PutObject(context.Background(), bucket, key, bytes.NewReader(body), int64(len(body)), options)
	return err
}

func (c minioClient) holds(key string, content []byte) error {
	return same(content, func() ([]byte, error) {
		object, err := c.GetObject(context.Background(), bucket, key, minio.GetObjectOptions{})
		if err != nil {
			return nil, err
		}
		defer object.Close()
		return io.ReadAll(object)
	})
}

func (c minioClient) seek() error {
	object, err := c.GetObject(context.Background(), bucket, "large", minio.GetObjectOptions{})
	if err != nil {
		return err
	}
	defer object.Close()
	piece := make([]byte, 70000)
	if _, err = object.ReadAt(piece, 65530); err != nil || !bytes.Equal(piece, large[65530:135530]) {
		return expect(false, err)
	}
	if _, err = object.Seek(-10, io.SeekEnd); err != nil {
		return err
	}
	end, err := io.ReadAll(object)
	return expect(bytes.Equal(end, large[len(large)-10:]), err)
}

func (c minioClient) copy(from, to string) error {
	_, err := c.CopyObject(context.Background(), minio.CopyDestOptions{Bucket: bucket, Object: to},
		minio.CopySrcOptions{Bucket: bucket, Object: from})
	return err
}

func (c minioClient) compose() error {
	source := func(key string) minio.CopySrcOptions { return minio.CopySrcOptions{Bucket: bucket, Object: key} }
	_, err := c.ComposeObject(context.Background(), minio.CopyDestOptions{Bucket: bucket, Object: "composed"},
		source("large"), source(odd))
	return errors.Join(err, c.holds("composed", slices.Concat(large, small)))
}

func (c minioClient) remove(key string) error {
	return c.RemoveObject(context.Background(), bucket, key, minio.RemoveObjectOptions{})
}

func (c minioClient) keys(prefix string, recursive bool) ([]string, error) {
	var keys []string
	for object := range c.ListObjects(context.Background(), bucket, minio.ListObjectsOptions{Prefix: prefix, Recursive: recursive}) {
		if object.Err != nil {
			return nil, object.Err
		}
		keys = append(keys, object.Key)
	}
	return keys, nil
}

func (c minioClient) many() error {
	for _, key := range []string{"many/0/a", "many/0/b", "many/1/a"} {
		if err := c.put(key, small, minio.PutObjectOptions{}); err != nil {
			return err
		}
	}
	folders, err := c.keys("many/", false)
	return expect(slices.Equal(folders, []string{"many/0/", "many/1/"}), err)
}

func (c minioClient) removeAll() error {
	objects := c.ListObjects(context.Background(), bucket, minio.ListObjectsOptions{Recursive: true})
	var errs []error
	for failure := range c.RemoveObjects(context.Background(), bucket, objects, minio.RemoveObjectsOptions{}) {
		errs = append(errs, failure.Err)
	}
	return errors.Join(errs...)
}

func (c minioClient) presigned() error {
	put, err := c.PresignedPutObject(context.Background(), bucket, "presigned ü", time.Minute)
	if err != nil {
		return err
	}
	if _, err = overHTTP("PUT", put.String(), small); err != nil {
		return err
	}
	get, err := c.PresignedGetObject(context.Background(), bucket, "presigned ü", time.Minute, url.Values{})
	if err != nil {
		return err
	}
	return same(small, func() ([]byte, error) { return overHTTP("GET", get.String(), nil) })
}

func minioStatus(err error) int { return minio.ToErrorResponse(err).StatusCode }

func minioGo() {
	host, secure := strings.CutPrefix(os.Getenv("ENDPOINT"), "https://")
	client, err := minio.New(strings.TrimPrefix(host, "http://"), &minio.Options{
		Creds:  credentials.NewStaticV4(os.Getenv("ACCESS_KEY"), os.Getenv("SECRET_KEY"), ""),
		Secure: secure,
	})
	if err != nil {
		panic(err)
	}
	c, plain, ifNew := minioClient{client}, minio.PutObjectOptions{}, minio.PutObjectOptions{}
	ifNew.SetMatchETagExcept("*")
	step("make a bucket", func() error { return c.MakeBucket(context.Background(), bucket, minio.MakeBucketOptions{}) })
	step("upload", func() error {
		return c.put(odd, small, minio.PutObjectOptions{UserMetadata: map[string]string{"colour": "blue", "word": "grün"}})
	})
	step("the same bytes", func() error { return c.holds(odd, small) })
	step("metadata", func() error {
		info, err := c.StatObject(context.Background(), bucket, odd, minio.StatObjectOptions{})
		return expect(info.UserMetadata["Colour"] == "blue" && info.UserMetadata["Word"] == "grün", err)
	})
	step("upload in parts", func() error { return c.put("large", large, plain) })
	step("the same bytes", func() error { return c.holds("large", large) })
	step("upload as one, each chunk signed", func() error {
		return c.put("single", large, minio.PutObjectOptions{DisableMultipart: true})
	})
	step("the same bytes", func() error { return c.holds("single", large) })
	step("upload of unknown length", func() error {
		_, err := c.PutObject(context.Background(), bucket, "stream", io.LimitReader(bytes.NewReader(large), int64(len(large))), -1,
			minio.PutObjectOptions{PartSize: 5 << 20})
		return errors.Join(err, c.holds("stream", large))
	})
	step("upload with MD5", func() error { return c.put("md5", small, minio.PutObjectOptions{SendContentMd5: true}) })
	step("upload of nothing", func() error { return errors.Join(c.put("empty", nil, plain), c.holds("empty", nil)) })
	step("a folder", func() error { return c.put("folder/", nil, plain) })
	step("seek and read", c.seek)
	step("overwrite", func() error {
		return errors.Join(c.put("over", large, plain), c.put("over", small, plain), c.holds("over", small))
	})
	step("create what is new", func() error { return c.put("new", small, ifNew) })
	step("no create of what is there", func() error { return refused(412, c.put("new", small, ifNew), minioStatus) })
	step("copy", func() error { return errors.Join(c.copy(odd, "copy"), c.holds("copy", small)) })
	step("rename", func() error {
		return errors.Join(c.copy("copy", "renamed ü"), c.remove("copy"), c.holds("renamed ü", small))
	})
	step("compose", c.compose)
	step("control characters", func() error { return errors.Join(c.put(control, small, plain), c.holds(control, small)) })
	step("list them", func() error {
		keys, err := c.keys("c/", true)
		return expect(slices.Equal(keys, []string{control}), err)
	})
	step("delete them", func() error { return c.remove(control) })
	step("list folders", c.many)
	step("presigned URLs", c.presigned)
	step("what is not there", func() error {
		_, err := c.StatObject(context.Background(), bucket, "none", minio.StatObjectOptions{})
		return refused(404, err, minioStatus)
	})
	step("nothing lies in the clear", sealed)
	step("delete", func() error { return c.remove(odd) })
	step("delete many", c.removeAll)
	step("remove the bucket", func() error { return c.RemoveBucket(context.Background(), bucket) })
}
