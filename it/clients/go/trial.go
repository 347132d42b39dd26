// Go's clients of S3, with their default options. Run by ../go-sdk.sh and ../minio-go.sh, which give the server as steps.sh says.
package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"time"
)

const odd = "a b/ü+%20%"
const control = "c/\x01\x1f\n"

var (
	bucket         = fmt.Sprintf("clients-%d-%d", os.Getpid(), time.Now().Unix())
	small, large   = file("small"), file("large")
	passed, failed = 0, 0
)

func file(name string) []byte {
	content, err := os.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return content
}

// step runs a check, which holds unless it returns an error.
func step(name string, check func() error) {
	if err := check(); err != nil { // a step that fails must not hide the next one
		failed++
		fmt.Printf("    FAIL  %s\n          %v\n", name, err)
		return
	}
	passed++
	fmt.Printf("    ok    %s\n", name)
}

func expect(held bool, err error) error {
	if err == nil && !held {
		return fmt.Errorf("other than expected")
	}
	return err
}

func same(content []byte, read func() ([]byte, error)) error {
	back, err := read()
	return expect(bytes.Equal(content, back), err)
}

func refused(status int, err error, statusOf func(error) int) error {
	if err == nil || statusOf(err) != status {
		return fmt.Errorf("not refused with %d: %v", status, err)
	}
	return nil
}

// overHTTP sends a presigned request, and returns what comes back.
func overHTTP(method, url string, body []byte) ([]byte, error) {
	request, err := http.NewRequest(method, url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", answer.Status, content)
	}
	return content, err
}

func sealed() error {
	if os.Getenv("DIRECT") != "" {
		return nil
	}
	found, err := exec.Command("python3", os.Getenv("SEALED"), bucket, "small", "large").CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, found)
	}
	return nil
}

func main() {
	map[string]func(){"go-sdk": sdk, "minio-go": minioGo}[os.Args[1]]()
	fmt.Printf("  %d passed, %d failed\n", passed, failed)
	if failed > 0 {
		os.Exit(1)
	}
}
