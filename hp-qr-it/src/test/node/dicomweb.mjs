// node dicomweb.mjs SERVICE FILE: stores, finds and fetches a hanging protocol with dicomweb-client.
import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
// it is for browsers
globalThis.XMLHttpRequest = require('xhr2');
const { DICOMwebClient } = require('dicomweb-client').api;

// It has calls for studies, series and instances only; a study's are what is needed, on another path.
class HangingProtocolClient extends DICOMwebClient {
  _httpRequest(url, ...rest) {
    return super._httpRequest(url.replace(/\/studies(?=$|[/?])/, '/hanging-protocols'), ...rest);
  }
}

const [service, file] = process.argv.slice(2);
const client = new HangingProtocolClient({ url: service, verbose: false });
const bytes = readFileSync(file);

const stored = JSON.parse(await client.storeInstances({ datasets: [bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)] }));
const uid = stored[0]['00081199'].Value[0]['00081155'].Value[0];
assert.equal(stored[0]['00081198'], undefined);
console.log('stored');

const found = await client.searchForStudies({ queryParams: { SOPInstanceUID: uid, includefield: 'HangingProtocolCreator' } });
assert.deepEqual(found.map(match => match['00080018'].Value[0]), [uid]);
assert.ok(found[0]['00720008'].Value[0]);
assert.deepEqual(await client.searchForStudies({ queryParams: { SOPInstanceUID: '1.2.3' } }), []);
console.log('found');

const [fetched] = await client.retrieveStudy({ studyInstanceUID: uid });
assert.equal(Buffer.from(fetched).toString('latin1', 128, 132), 'DICM');
assert.ok(Buffer.from(fetched).includes(uid));
console.log('fetched');

await assert.rejects(client.retrieveStudy({ studyInstanceUID: '1.2.3' }), error => error.status === 404);
await assert.rejects(client.storeInstances({ datasets: [new ArrayBuffer(200)] }), error => error.status === 400);
console.log('refused');
