/** The hanging protocols of a server, by DICOMweb (PS3.18 chapter 12). */
import { toOhif } from './convert.js';
import { originalElement } from './original.js';

export const OHIF = 'application/vnd.ohif.hanging-protocol+json';
const DICOM_JSON = 'application/dicom+json';
const BULK_DATA = 'multipart/related; type="application/octet-stream", application/octet-stream;q=0.5';
/** Milliseconds. OHIF waits for its extensions before it shows anything. */
const TIMEOUT = 10_000;
/** Objects that are fetched at the same time, from a server that does not know OHIF. */
const PARALLEL = 6;

export class Server {
  /**
   * @param {{url: string, query?: string, credentials?: string}} config of the app-config
   * @param {() => object} authorization header fields of the user who is logged in
   */
  constructor(config, authorization) {
    this.url = config.url.replace(/\/$/, '');
    this.query = config.query ? `?${config.query}` : '';
    this.credentials = config.credentials ?? 'same-origin';
    this.authorization = authorization;
  }

  async request(path, accept, options = {}) {
    const url = path.startsWith('/') ? this.url + path : path;
    const response = await fetch(url, {
      ...options,
      credentials: this.credentials,
      headers: { Accept: accept, ...this.authorization(), ...options.headers },
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (!response.ok && !(options.method === 'POST' && response.headers.get('Content-Type')?.startsWith(OHIF)))
      throw new Error(`${options.method ?? 'GET'} ${url}: ${response.status} ${await response.text()}`);
    return response;
  }

  /**
   * All protocols that the user may see.
   *
   * @returns {Promise<{sopInstanceUID: string, protocols: object[], diagnostics: object[], error?: Error}[]>} error: one object that
   *     could not be fetched or converted; it costs only itself
   */
  async load() {
    const response = await this.request(`/hanging-protocols${this.query}`, `${OHIF}, ${DICOM_JSON};q=0.5`);
    if (response.status === 204)
      return [];
    const found = await response.json();
    if (response.headers.get('Content-Type')?.startsWith(OHIF))
      return found;
    // another maker's server: its matches have no image sets, so each object is fetched and converted here
    const uids = found.map(match => match['00080018'].Value[0]);
    const loaded = [];
    for (let i = 0; i < uids.length; i += PARALLEL)
      loaded.push(...await Promise.all(uids.slice(i, i + PARALLEL).map(uid => this.fetchAndConvert(uid))));
    return loaded;
  }

  async fetchAndConvert(uid) {
    try {
      const path = `/hanging-protocols/${uid}`;
      const response = await this.request(path, DICOM_JSON);
      const [dataset] = [await response.json()].flat();
      // without it, the object is converted anew, and that is reported
      await this.fetchOriginal(dataset, path).catch(error => console.warn(`hp-qr-ohif: ${uid}: ${error.message}`));
      return { sopInstanceUID: uid, ...toOhif(dataset) };
    } catch (error) {
      return { sopInstanceUID: uid, protocols: [], diagnostics: [], error };
    }
  }

  /** The private element of original.js, if the server gives its place instead of its value (PS3.18 F.2.6). */
  async fetchOriginal(dataset, path) {
    const element = originalElement(dataset);
    const here = new URL(this.url + path, globalThis.location?.href);
    const place = element?.BulkDataURI && new URL(element.BulkDataURI, here);
    // the header of the login is for this server only
    if (!place || place.origin !== here.origin)
      return;
    const response = await this.request(place.href, BULK_DATA);
    const body = await response.text();
    const multipart = response.headers.get('Content-Type')?.startsWith('multipart/');
    element.Value = [multipart ? body.slice(body.indexOf('\r\n\r\n') + 4, body.lastIndexOf('\r\n--')) : body];
  }

  /** Stores a protocol; returns what DICOM cannot say of it. */
  async save(protocol) {
    const response = await this.request('/hanging-protocols', OHIF,
      { method: 'POST', headers: { 'Content-Type': OHIF }, body: JSON.stringify(protocol) });
    const [result] = await response.json();
    if (result.failureReason)
      throw new Error(`The server refused the protocol: ${result.failureReason}`);
    return result.diagnostics;
  }
}
