/**
 * OHIF's core without a browser. Of what it asks for, only its hanging protocol engine is used here, which draws nothing; the browser has
 * just what the core touches when it is loaded.
 */
const Module = require('node:module');
require('./nothing.cjs');

const load = Module._load;
Module._load = (request, ...rest) => (request.startsWith('@cornerstonejs/') ? nothing(request) : load(request, ...rest));

const element = () => ({ style: {}, setAttribute() {}, appendChild() {}, addEventListener() {}, dispatchEvent() {} });
globalThis.window = globalThis.self = globalThis;
globalThis.document = { createElement: element, addEventListener() {}, querySelector: () => null, documentElement: element(), body: element(), head: element() };
globalThis.navigator ??= { platform: '', userAgent: '', language: 'en' };
globalThis.location ??= { search: '', origin: 'http://localhost', href: 'http://localhost/', pathname: '/' };
globalThis.CustomEvent ??= class extends Event {};
globalThis.crypto ??= require('node:crypto').webcrypto;

module.exports = require('@ohif/core');
