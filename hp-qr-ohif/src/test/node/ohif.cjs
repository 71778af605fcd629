/**
 * OHIF's core without a browser. Of what it asks for, only its hanging protocol engine is used here, which draws nothing: Cornerstone is
 * an object that has everything and does nothing, and the browser has just what the core touches when it is loaded.
 */
const Module = require('node:module');

const nothing = name => new Proxy(function () {}, {
  get: (target, key) => (key === Symbol.toPrimitive ? () => name : key === 'prototype' ? target.prototype : nothing(`${name}.${String(key)}`)),
  apply: () => nothing(name),
  construct: () => ({}),
});
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
