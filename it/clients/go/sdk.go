package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/feature/s3/transfermanager"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

type sdkClient struct{ *s3.Client }

func (c sdkClient) put(key string, body []byte, changes ...func(*s3.PutObjectInput)) error {
	input := &s3.PutObjectInput{Bucket: &bucket, Key: &key, Body: bytes.NewReader(body)}
	for _, change := range changes {
		change(input)
	}
	_, err := c.PutObject(context.Background(), input)
	return err
}

func (c sdkClient) get(key, span string) ([]byte, error) {
	input := &s3.GetObjectInput{Bucket: &bucket, Key: &key}
	if span != "" {
		input.Range = &span
	}
	answer, err := c.GetObject(context.Background(), input)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	return io.ReadAll(answer.Body)
}

func (c sdkClient) head(key string) (*s3.HeadObjectOutput, error) {
	return c.HeadObject(context.Background(), &s3.HeadObjectInput{Bucket: &bucket, Key: &key})
}

func (c sdkClient) holds(key string, content []byte) error {
	return same(content, func() ([]byte, error) { return c.get(key, "") })
}

func (c sdkClient) copy(from, to string) error {
	source := bucket + "/" + strings.ReplaceAll(url.PathEscape(from), "+", "%2B") // a plus is a space there
	_, err := c.CopyObject(context.Background(), &s3.CopyObjectInput{Bucket: &bucket, Key: &to, CopySource: &source})
	return err
}

func (c sdkClient) remove(key string) error {
	_, err := c.DeleteObject(context.Background(), &s3.DeleteObjectInput{Bucket: &bucket, Key: &key})
	return err
}

func (c sdkClient) keys(prefix string) ([]string, error) {
	var keys []string
	pages := s3.NewListObjectsV2Paginator(c, &s3.ListObjectsV2Input{Bucket: &bucket, Prefix: &prefix})
	for pages.HasMorePages() {
		page, err := pages.NextPage(context.Background())
		if err != nil {
			return nil, err
		}
		for _, object := range page.Contents {
			keys = append(keys, *object.Key)
		}
	}
	return keys, nil
}

func (c sdkClient) removeAll() error {
	keys, err := c.keys("")
	for len(keys) > 0 && err == nil {
		n := min(len(keys), 1000)
		var objects []types.ObjectIdentifier
		for _, key := range keys[:n] {
			objects = append(objects, types.ObjectIdentifier{Key: aws.String(key)})
		}
		var answer *s3.DeleteObjectsOutput
		answer, err = c.DeleteObjects(context.Background(),
			&s3.DeleteObjectsInput{Bucket: &bucket, Delete: &types.Delete{Objects: objects}})
		if err == nil && len(answer.Errors) > 0 {
			err = fmt.Errorf("%s: %s", *answer.Errors[0].Key, *answer.Errors[0].Code)
		}
		keys = keys[n:]
	}
	return err
}

func (c sdkClient) presigned() error {
	presigner, key := s3.NewPresignClient(c.Client), "presigned ü"
	put, err := presigner.PresignPutObject(context.Background(), &s3.PutObjectInput{Bucket: &bucket, Key: &key})
	if err != nil {
		return err
	}
	if _, err = overHTTP(put.Method, put.URL, small); err != nil {
		return err
	}
	get, err := presigner.PresignGetObject(context.Background(), &s3.GetObjectInput{Bucket: &bucket, Key: &key})
	if err != nil {
		return err
	}
	return same(small, func() ([]byte, error) { return overHTTP(get.Method, get.URL, nil) })
}

func statusOf(err error) int {
	var answer *awshttp.ResponseError
	if errors.As(err, &answer) {
		return answer.HTTPStatusCode()
	}
	return 0
}

func sdk() {
	c := sdkClient{s3.New(s3.Options{
		BaseEndpoint: aws.String(os.Getenv("ENDPOINT")),
		Region:       "us-east-1",
		UsePathStyle: true,
		Credentials:  credentials.NewStaticCredentialsProvider(os.Getenv("ACCESS_KEY"), os.Getenv("SECRET_KEY"), ""),
	})}
	ifNew := func(in *s3.PutObjectInput) { in.IfNoneMatch = aws.String("*") }
	step("make a bucket", func() error {
		_, err := c.CreateBucket(context.Background(), &s3.CreateBucketInput{Bucket: &bucket})
		return err
	})
	step("upload", func() error {
		return c.put(odd, small, func(in *s3.PutObjectInput) { in.Metadata = map[string]string{"colour": "blue", "word": "grün"} })
	})
	step("the same bytes", func() error { return c.holds(odd, small) })
	step("metadata", func() error {
		head, err := c.head(odd)
		return expect(err == nil && head.Metadata["colour"] == "blue" && head.Metadata["word"] == "=?UTF-8?B?Z3LDvG4=?=", err)
	})
	step("upload a large one", func() error { return c.put("single", large) })
	step("the same bytes", func() error { return c.holds("single", large) })
	step("upload in parts", func() error {
		key := "large"
		_, err := transfermanager.New(c.Client).UploadObject(context.Background(),
			&transfermanager.UploadObjectInput{Bucket: &bucket, Key: &key, Body: bytes.NewReader(large)})
		return err
	})
	step("the same bytes", func() error { return c.holds("large", large) })
	for _, algorithm := range types.ChecksumAlgorithm("").Values()[:5] {
		step("upload with "+string(algorithm), func() error {
			return c.put(string(algorithm), small, func(in *s3.PutObjectInput) { in.ChecksumAlgorithm = algorithm })
		})
	}
	step("upload of nothing", func() error { return c.put("empty", nil) })
	step("nothing comes back", func() error { return c.holds("empty", nil) })
	step("a folder", func() error { return c.put("folder/", nil) })
	step("read a range", func() error {
		return same(large[65530:135530], func() ([]byte, error) { return c.get("large", "bytes=65530-135529") })
	})
	step("read the end", func() error {
		return same(large[len(large)-10:], func() ([]byte, error) { return c.get("large", "bytes=-10") })
	})
	step("overwrite", func() error { return errors.Join(c.put("over", large), c.put("over", small), c.holds("over", small)) })
	step("create what is new", func() error { return c.put("new", small, ifNew) })
	step("no create of what is there", func() error { return refused(412, c.put("new", small, ifNew), statusOf) })
	step("copy", func() error { return errors.Join(c.copy(odd, "copy"), c.holds("copy", small)) })
	step("rename", func() error {
		return errors.Join(c.copy("copy", "renamed ü"), c.remove("copy"), c.holds("renamed ü", small))
	})
	step("copy what has parts", func() error { return errors.Join(c.copy("large", "copy"), c.holds("copy", large)) })
	step("control characters", func() error { return errors.Join(c.put(control, small), c.holds(control, small)) })
	step("delete them", func() error { return c.remove(control) })
	step("list", func() error {
		keys, err := c.keys("a b/")
		return expect(len(keys) == 1 && keys[0] == odd, err)
	})
	step("presigned URLs", c.presigned)
	step("what is not there", func() error {
		_, err := c.get("none", "")
		return refused(404, err, statusOf)
	})
	step("nothing lies in the clear", sealed)
	step("delete", func() error { return c.remove(odd) })
	step("delete many", c.removeAll)
	step("remove the bucket", func() error {
		_, err := c.DeleteBucket(context.Background(), &s3.DeleteBucketInput{Bucket: &bucket})
		return err
	})
}
