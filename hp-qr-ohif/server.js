/** The hanging protocols of a server, by DICOMweb (PS3.18 chapter 12). */
import { toOhif } from './convert.js';

export const OHIF = 'application/vnd.ohif.hanging-protocol+json';
const DICOM_JSON = 'application/dicom+json';
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
    const response = await fetch(this.url + path, {
      ...options,
      credentials: this.credentials,
      headers: { Accept: accept, ...this.authorization(), ...options.headers },
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (!response.ok && !(options.method === 'POST' && response.headers.get('Content-Type')?.startsWith(OHIF)))
      throw new Error(`${options.method ?? 'GET'} ${this.url}${path}: ${response.status} ${await response.text()}`);
    return response;
  }

  /**
   * All protocols that the user may see.
   *
   * @returns {Promise<{sopInstanceUID: string, protocols: object[], diagnostics: object[]}[]>}
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
    const response = await this.request(`/hanging-protocols/${uid}`, DICOM_JSON);
    const [dataset] = [await response.json()].flat();
    return { sopInstanceUID: uid, ...toOhif(dataset) };
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
