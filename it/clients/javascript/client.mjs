// The AWS SDK for JavaScript. Run by ../javascript.sh, which gives the server as steps.sh says.
import { execFileSync } from 'node:child_process';
import { createReadStream, readFileSync } from 'node:fs';
import * as aws from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

const { ENDPOINT, ACCESS_KEY, SECRET_KEY, SEALED, DIRECT } = process.env;
const s3 = new aws.S3Client({
  endpoint: ENDPOINT,
  region: 'us-east-1',
  forcePathStyle: true,
  credentials: { accessKeyId: ACCESS_KEY, secretAccessKey: SECRET_KEY },
});
const Bucket = `clients-${process.pid}-${Date.now()}`;
const [small, large] = [readFileSync('small'), readFileSync('large')];
const odd = 'a b/ü+%20%';
let [passed, failed] = [0, 0];

async function step(name, check) {
  try {
    if ((await check()) === false) throw new Error('other than expected');
    passed++;
    console.log(`    ok    ${name}`);
  } catch (e) { // a step that fails must not hide the next one
    failed++;
    console.log(`    FAIL  ${name}\n          ${e.name}: ${e.message}`);
  }
}

const send = (command, request) => s3.send(new aws[`${command}Command`]({ Bucket, ...request }));
const put = (Key, Body, more) => send('PutObject', { Key, Body, ...more });
const head = (Key) => send('HeadObject', { Key });
const read = async (Key, more) => Buffer.from(await (await send('GetObject', { Key, ...more })).Body.transformToByteArray());
const holds = async (Key, content) => (await read(Key)).equals(content);
const keys = async (request) => ((await send('ListObjectsV2', request)).Contents ?? []).map((entry) => entry.Key);
const copySource = (key) => `${Bucket}/${encodeURIComponent(key)}`;

async function refused(status, call) {
  try {
    await call();
  } catch (e) {
    return e.$metadata?.httpStatusCode === status;
  }
  return false;
}

async function presigned() {
  const url = (command) => getSignedUrl(s3, new aws[`${command}Command`]({ Bucket, Key: 'presigned ü' }), { expiresIn: 300 });
  const stored = await fetch(await url('PutObject'), { method: 'PUT', body: small });
  return stored.ok && Buffer.from(await (await fetch(await url('GetObject'))).arrayBuffer()).equals(small);
}

async function form() {
  const { url, fields } = await createPresignedPost(s3, {
    Bucket,
    Key: 'forms/${filename}',
    Conditions: [['starts-with', '$key', 'forms/'], ['content-length-range', 1, 2000]],
    Fields: { 'x-amz-meta-colour': 'blue', success_action_status: '201' },
  });
  const post = (content) => {
    const data = new FormData();
    Object.entries(fields).forEach(([name, value]) => data.append(name, value));
    data.append('file', new Blob([content]), 'a ü.bin');
    return fetch(url, { method: 'POST', body: data });
  };
  return (
    (await post(small)).status === 201 &&
    (await holds('forms/a ü.bin', small)) &&
    (await head('forms/a ü.bin')).Metadata.colour === 'blue' &&
    (await post(large.subarray(0, 2001))).status === 400
  );
}

async function copyInParts() {
  const { UploadId } = await send('CreateMultipartUpload', { Key: 'copy' });
  const Parts = [];
  for (const [n, range] of ['bytes=0-6000000', `bytes=6000001-${large.length - 1}`].entries()) {
    const copied = await send('UploadPartCopy', {
      Key: 'copy', UploadId, PartNumber: n + 1, CopySource: copySource('large'), CopySourceRange: range,
    });
    Parts.push({ PartNumber: n + 1, ...copied.CopyPartResult, LastModified: undefined });
  }
  await send('CompleteMultipartUpload', { Key: 'copy', UploadId, MultipartUpload: { Parts } });
  return holds('copy', large);
}

async function many() {
  for (let n = 0; n < 1001; n += 50)
    await Promise.all(Array.from({ length: Math.min(50, 1001 - n) }, (_, i) => put(`many/${n + i}`, 'x')));
  let listed = 0;
  for await (const page of aws.paginateListObjectsV2({ client: s3 }, { Bucket, Prefix: 'many/' })) listed += page.KeyCount;
  return listed === 1001;
}

async function empty() {
  for await (const page of aws.paginateListObjectsV2({ client: s3 }, { Bucket })) {
    const answer = await send('DeleteObjects', { Delete: { Objects: page.Contents.map(({ Key }) => ({ Key })) } });
    if (answer.Errors) return false;
  }
  return (await keys()).length === 0;
}

const control = 'c/\u0001\u001f\n';
await step('make a bucket', () => send('CreateBucket'));
await step('upload', () => put(odd, small, { Metadata: { colour: 'blue' }, ContentType: 'text/plain' }));
await step('the same bytes', () => holds(odd, small));
await step('metadata', async () => (await head(odd)).Metadata.colour === 'blue' && (await head(odd)).ContentType === 'text/plain');
await step('upload a stream', () => put('stream', createReadStream('large'), { ContentLength: large.length }));
await step('the same bytes', () => holds('stream', large));
await step('upload in parts', () => new Upload({ client: s3, params: { Bucket, Key: 'large', Body: createReadStream('large') } }).done());
await step('the same bytes', () => holds('large', large));
for (const ChecksumAlgorithm of ['CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'])
  await step(`upload with ${ChecksumAlgorithm}`, () => put(ChecksumAlgorithm, small, { ChecksumAlgorithm }));
await step('the checksum is told', async () =>
  (await send('HeadObject', { Key: 'SHA256', ChecksumMode: 'ENABLED' })).ChecksumSHA256 !== undefined);
await step('upload of nothing', async () => (await put('empty', '')) && holds('empty', Buffer.alloc(0)));
await step('a folder', async () => (await put('folder/', '')) && (await keys({ Prefix: 'folder/' })).length === 1);
await step('read a range', async () => (await read('large', { Range: 'bytes=65530-135529' })).equals(large.subarray(65530, 135530)));
await step('read the end', async () => (await read('large', { Range: 'bytes=-10' })).equals(large.subarray(-10)));
await step('overwrite', async () => (await put('over', large)) && (await put('over', small)) && holds('over', small));
await step('append by writing anew', async () =>
  (await put('over', Buffer.concat([await read('over'), small]))) && holds('over', Buffer.concat([small, small])));
await step('create what is new', () => put('new', small, { IfNoneMatch: '*' }));
await step('no create of what is there', () => refused(412, () => put('new', small, { IfNoneMatch: '*' })));
await step('replace what matches', async () => put('new', small, { IfMatch: (await head('new')).ETag }));
await step('no replacing of another', () => refused(412, () => put('new', small, { IfMatch: '"other"' })));
await step('copy', async () => (await send('CopyObject', { Key: 'copy', CopySource: copySource(odd) })) && holds('copy', small));
await step('rename', async () =>
  (await send('CopyObject', { Key: 'renamed', CopySource: copySource('copy') })) &&
  (await send('DeleteObject', { Key: 'copy' })) && (await holds('renamed', small)) && refused(404, () => head('copy')));
await step('copy in parts', copyInParts);
await step('control characters', async () => (await put(control, small)) && holds(control, small));
await step('list them', async () => decodeURIComponent((await keys({ Prefix: 'c/', EncodingType: 'url' }))[0]) === control);
await step('list over a thousand', many);
await step('list folders', async () => (await send('ListObjectsV2', { Delimiter: '/' })).CommonPrefixes.some((c) => c.Prefix === 'many/'));
await step('presigned URLs', presigned);
await step('a presigned form', form);
await step('what is not there', () => refused(404, () => read('none')));
if (!DIRECT) await step('nothing lies in the clear', () => execFileSync('python3', [SEALED, Bucket, 'small', 'large']));
await step('delete', async () => (await send('DeleteObject', { Key: odd })) && refused(404, () => head(odd)));
await step('delete one with control characters', async () => send('DeleteObject', { Key: control }));
await step('delete many', empty);
await step('remove the bucket', () => send('DeleteBucket'));
console.log(`  ${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
