/** Runs each fixture in OHIF's own engine, with the extension as it is published, and compares. Exit code 1: something is different. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import extension from 'hp-qr-ohif';
import { toOhif } from 'hp-qr-ohif/convert.js';
import { start } from './start.mjs';

const OHIF = 'application/vnd.ohif.hanging-protocol+json';
const fixtures = JSON.parse(readFileSync('fixtures.json', 'utf8'));
const say = console.log;
const problems = [];
/** Viewports. */
let equal = 0;
/** Losses that cannot be why another series is in a viewport of these studies. */
const ELSEWHERE = ['one-series', 'window', 'sorting', 'single', 'tiles', 'cine', 'unsupported', 'plane', 'prior-order', 'usage-flag'];
/** How many of the protocols that OHIF chose have which rank in the selection. */
const ranks = {};
/** By the codes of the diagnostics that may explain it: what OHIF shows something else for. */
const explained = {};

// OHIF says much; before it is loaded, as it keeps what it finds
for (const level of ['debug', 'log', 'info', 'warn', 'error', 'groupCollapsed', 'groupEnd'])
  console[level] = () => {};
const core = createRequire(import.meta.url)('./ohif.cjs');

function check(name, test) {
  try {
    return test();
  } catch (e) {
    problems.push(`${name}: ${e.message.slice(0, 2000)}`);
    return undefined;
  }
}

// the browser's half makes of DICOM what the server makes
for (const { name, dicom, protocols, diagnostics } of fixtures.filter(({ kind }) => kind !== 'ohif'))
  check(`convert ${name}`, () => assert.deepEqual(toOhif(dicom), { protocols, diagnostics }));

// and gives OHIF back what OHIF stored, as long as the object is as it was
for (const { name, dicom, protocols } of fixtures.filter(({ kind }) => kind === 'ohif'))
  check(`return ${name}`, () => {
    const original = { protocols, diagnostics: [] };
    assert.deepEqual(toOhif(dicom), original);
    const bytes = Buffer.from(`${dicom['00731001'].Value[0]} `).toString('base64');
    assert.deepEqual(toOhif({ ...dicom, '00731001': { vr: 'UN', InlineBinary: bytes } }), original, 'as bytes');
    const changed = toOhif({ ...dicom, '00720002': { vr: 'SH', Value: ['changed'] } });
    assert.deepEqual([changed.protocols[0].name, changed.diagnostics[0]?.code], ['changed', 'original']);
  });

/** A server that has all protocols of the library, as hp-qr or as another maker's. */
const library = fixtures.filter(({ kind }) => kind === 'library');
function serve(knowsOhif, requests, broken) {
  const server = createServer((request, response) => {
    requests.push(request.headers.authorization);
    const uid = request.url.split('/')[2];
    if (uid && uid === broken) {
      response.writeHead(500).end();
      return;
    }
    const body = knowsOhif ? library.map(({ protocols, diagnostics }) => ({ sopInstanceUID: protocols[0].id, protocols, diagnostics }))
      : library.map(({ dicom }) => dicom).filter(dicom => !uid || dicom['00080018'].Value[0] === uid);
    response.setHeader('Content-Type', knowsOhif ? OHIF : 'application/dicom+json').end(JSON.stringify(body));
  });
  return new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** @param {number} open how many of the studies are open, the current one first */
function study(fixture, open = fixture.studies.length) {
  const displaySets = fixture.studies.slice(0, open).flatMap(({ StudyInstanceUID, displaySets }) => displaySets.map(({ SeriesInstanceUID, instances }) => ({
    displaySetInstanceUID: SeriesInstanceUID, StudyInstanceUID, SeriesInstanceUID, SeriesNumber: instances[0].SeriesNumber,
    Modality: instances[0].Modality, SeriesDescription: instances[0].SeriesDescription, numImageFrames: instances.length,
    isReconstructable: true, instances })));
  const studies = fixture.studies.slice(0, open).map(({ displaySets: own, ...attributes }) => attributes);
  return { studies, displaySets, activeStudy: studies[0] };
}

for (const knowsOhif of [true, false]) {
  const requests = [];
  const server = await serve(knowsOhif, requests);
  const { services: { hangingProtocolService } } = await start(core, extension,
    { url: `http://127.0.0.1:${server.address().port}` }, { Authorization: 'Bearer token' });
  server.close();
  check('authorization', () => assert.ok(requests.length > 0 && requests.every(header => header === 'Bearer token'), requests.join()));
  check('all are candidates', () => assert.equal(hangingProtocolService.getProtocols().length, 1 + library.flatMap(({ protocols }) => protocols).length));

  // OHIF chooses a protocol that applies
  for (const fixture of library)
    check(`choice for ${fixture.name}`, () => {
      hangingProtocolService.run(study(fixture));
      const { protocol } = hangingProtocolService.getActiveProtocol();
      const chosen = library.find(({ protocols }) => protocols.some(({ id }) => id === protocol.id));
      assert.ok(chosen, `chose ${protocol.id}`);
      const rank = fixture.applicable[chosen.protocols[0].id];
      assert.ok(rank, `chose ${chosen.name}, which does not apply`);
      ranks[rank] = (ranks[rank] ?? 0) + 1;
    });

  // of those that fit equally well, one whose prior studies are open, for one screen
  const withPrior = library.find(({ name }) => name === 'ct-chest-prior');
  for (const [open, expected] of [[1, 'ct-chest'], [2, 'ct-chest-prior-1']])
    check(`choice with ${open} studies`, () => {
      hangingProtocolService.run(study(withPrior, open));
      const { protocol } = hangingProtocolService.getActiveProtocol();
      assert.equal(library.find(({ protocols }) => protocols[0].id === protocol.id)?.name, expected);
    });

  if (knowsOhif)
    fixtures.forEach(fixture => check(`layout ${fixture.name}`, () => compare(hangingProtocolService, fixture)));
}

// an object that cannot be fetched costs only itself
{
  const broken = library[0].protocols[0].id;
  const server = await serve(false, [], broken);
  const { services: { hangingProtocolService } } = await start(core, extension, { url: `http://127.0.0.1:${server.address().port}` }, {});
  server.close();
  const ids = hangingProtocolService.getProtocols().map(({ id }) => id);
  check('one broken object', () => assert.deepEqual([ids.length, ids.includes(broken)],
    [1 + library.slice(1).flatMap(({ protocols }) => protocols).length, false]));
}

// what OHIF stored comes back from a server that gives the place of a private element; another server does not get the login
for (const host of ['127.0.0.1', 'localhost']) {
  const selectors = ({ displaySetSelectors }) => JSON.stringify(Object.values(displaySetSelectors).map(({ id, ...rules }) => rules));
  const anew = ({ '00731001': original, ...others }) => toOhif(others).protocols[0];
  const { dicom, protocols: [original] } = fixtures.find(fixture =>
    fixture.kind === 'ohif' && selectors(anew(fixture.dicom)) !== selectors(fixture.protocols[0]));
  const requests = [];
  const server = createServer((request, response) => {
    requests.push(request.url);
    const BulkDataURI = `http://${host}:${request.socket.localPort}/bulk`;
    if (request.url === '/bulk')
      response.setHeader('Content-Type', 'multipart/related; type="application/octet-stream"; boundary=x')
        .end(`--x\r\nContent-Type: application/octet-stream\r\n\r\n${dicom['00731001'].Value[0]}\r\n--x--`);
    else
      response.setHeader('Content-Type', 'application/dicom+json').end(JSON.stringify([{ ...dicom, '00731001': { vr: 'UN', BulkDataURI } }]));
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const { services: { hangingProtocolService } } = await start(core, extension, { url: `http://127.0.0.1:${server.address().port}` }, {});
  server.close();
  const loaded = hangingProtocolService.getProtocols().find(({ id }) => id !== 'default');
  const isHere = host === '127.0.0.1';
  check(`bulk data at ${host}`, () => assert.deepEqual([selectors(loaded) === selectors(original), requests.includes('/bulk')], [isHere, isHere]));
}

/** What is in each viewport of each stage. */
function compare(hangingProtocolService, fixture) {
  const [protocol] = fixture.protocols;
  hangingProtocolService.addProtocol(protocol.id, structuredClone(protocol));
  hangingProtocolService.run(study(fixture), protocol.id);
  const { stages } = hangingProtocolService.getActiveProtocol().protocol;
  const boxes = fixture.layout.flatMap((group, g) => group.map((box, b) => ({ ...box, stage: g, viewport: b })));
  if (fixture.kind !== 'ohif')
    assert.deepEqual(stages.map(({ viewports }) => viewports.length), fixture.layout.map(group => group.length));
  for (const { stage, viewport, series, displaySet } of boxes) {
    hangingProtocolService.setProtocol(protocol.id, { stageIndex: stage });
    const id = stages[stage].viewports[viewport].viewportOptions.viewportId;
    const shown = hangingProtocolService.getMatchDetails().viewportMatchDetails.get(id)?.displaySetsInfo?.[0]?.displaySetInstanceUID;
    if (shown === undefined ? series.length === 0 : series.includes(shown)) {
      equal++;
      continue;
    }
    const reasons = fixture.diagnostics.filter(({ path, code }) => !ELSEWHERE.includes(code) && (fixture.kind === 'ohif'
      || path.startsWith(`DisplaySetsSequence[${displaySet}]`) || path.startsWith('ImageSetsSequence[')));
    assert.ok(reasons.length > 0, `stage ${stage}, viewport ${viewport}: OHIF shows ${shown}, the selection says ${series}`);
    const codes = [...new Set(reasons.map(({ code }) => code))].sort().join(' ');
    explained[codes] = [...(explained[codes] ?? []), fixture.name];
  }
}

say(`OHIF chose protocols of these ranks: ${JSON.stringify(ranks)}`);
say(`${fixtures.length} protocols, ${equal} viewports as the selection says; explained by diagnostics:`);
Object.entries(explained).forEach(([codes, names]) => say(`  ${codes}: ${[...new Set(names)].join('; ')}`));
problems.forEach(problem => say(`DIFFERENT: ${problem}`));
process.exit(problems.length ? 1 : 0);
