/** What stands for Cornerstone, which only draws: an object that has everything and does nothing. In a browser, a script. */
globalThis.nothing = name => new Proxy(function () {}, {
  get: (target, key) => (key === Symbol.toPrimitive ? () => name : key === 'prototype' ? target.prototype : nothing(`${name}.${String(key)}`)),
  apply: () => nothing(name),
  construct: () => ({}),
});
